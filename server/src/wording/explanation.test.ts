import { failureCodes } from '../../../contracts';
import en from '../../../admin/src/translations/en.json';
import uk from '../../../admin/src/translations/uk.json';
import { explanationOf, failuresCalled } from './explanation';
import { languageOf, languages } from './words';

const failure = { httpStatus: null, host: 'crm.example.com', durationMs: 15_004 };

describe('a failure is explained', () => {
  it.each(languages)('whatever it was, by a cause and a remedy, in %s', (language) => {
    for (const code of failureCodes) {
      const { cause, remedy } = explanationOf({ ...failure, code }, language);
      expect([code, cause !== '', remedy !== '']).toEqual([code, true, true]);
      expect(`${cause} ${remedy}`).not.toMatch(/[{}]/);
    }
  });

  it('by each status that has sentences of its own, in these', () => {
    const texts = Object.entries(en).flatMap(([id, text]) => {
      const status = /^failure\.status_(\d+)\.cause$/.exec(id)?.[1];
      return status ? [{ httpStatus: Number(status), text }] : [];
    });
    expect(texts.length).toBeGreaterThan(5);
    for (const { httpStatus, text } of texts) {
      const code = httpStatus < 500 ? 'http_4xx' : 'http_5xx';
      const { cause } = explanationOf({ ...failure, code, httpStatus }, 'en');
      expect(cause).toBe(text.replaceAll('{host}', failure.host));
    }
  });

  it('by any other status in general words that name it', () => {
    const { cause } = explanationOf({ ...failure, code: 'http_4xx', httpStatus: 418 }, 'en');
    expect(cause).toContain("418 I'm a Teapot");
    expect(explanationOf({ ...failure, code: 'http_5xx', httpStatus: 599 }, 'en').cause).toContain('(599)');
  });

  it('with the seconds that were waited', () => {
    expect(explanationOf({ ...failure, code: 'timeout' }, 'en').cause).toBe(
      'crm.example.com did not respond within 15 seconds.',
    );
    expect(explanationOf({ ...failure, code: 'timeout' }, 'uk').cause).toContain('за 15 с');
  });

  it('in English to whoever reads a language that is not spoken', () => {
    expect(['uk', 'uk-UA', 'UK', 'en-GB', 'fr', '', null, undefined].map(languageOf)).toEqual([
      'uk',
      'uk',
      'uk',
      'en',
      'en',
      'en',
      'en',
      'en',
    ]);
  });
});

describe('a failure is found by what it is called', () => {
  it('on the screens, by any part of it', () => {
    for (const code of failureCodes) {
      expect(failuresCalled(en[`failure.${code}.short`].toLowerCase())).toContainEqual({ code });
    }
    expect(failuresCalled('gateway timeout')).toEqual([{ httpStatus: 504 }]);
    expect(failuresCalled('certificate').length).toBeGreaterThan(2);
  });

  it('in Ukrainian', () => {
    expect(failuresCalled(uk['failure.timeout.short'].toLowerCase())).toContainEqual({ code: 'timeout' });
  });

  it('by its code', () => {
    expect(failuresCalled('http_5xx')).toEqual([{ code: 'http_5xx' }]);
  });

  it('not by what is in the name of everything', () => {
    expect(failuresCalled('no')).toEqual([]);
    expect(failuresCalled('mykhailo')).toEqual([]);
  });

  it.each(languages)('each has a name of its own among the filters, in %s', (language) => {
    const names = failureCodes.map((code) => (language === 'en' ? en : uk)[`failure.${code}.short`]);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });
});
