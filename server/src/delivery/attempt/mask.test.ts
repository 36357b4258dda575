import { mask, masked, maskHeaders } from './mask';

describe('masking known secrets in what a receiver answers', () => {
  const secret = 'whsec_c2VjcmV0LXNlY3JldC1zZWNyZXQ=';

  it('hides every occurrence, also of the bare key of a signing secret', () => {
    const text = `got ${secret} and c2VjcmV0LXNlY3JldC1zZWNyZXQ= and ${secret}`;
    expect(mask(text, [secret])).toBe(`got ${masked} and ${masked} and ${masked}`);
  });

  it('leaves a text alone where the value is too short to be a secret', () => {
    expect(mask('a banana', ['a', ''])).toBe('a banana');
    expect(mask('got hunter2', ['hunter2'])).toBe('got hunter2');
  });

  it('hides what an echo has spelled in its own way: JSON, URL, form, HTML, base64', () => {
    const header = 'Basic "a\\b"/+= &';
    const spelled = [
      JSON.stringify({ header }),
      encodeURIComponent(header),
      encodeURIComponent(header).toLowerCase().replace('basic', 'Basic'),
      encodeURIComponent(header).replaceAll('%20', '+'),
      header.replaceAll('&', '&amp;').replaceAll('"', '&quot;'),
      Buffer.from(header).toString('base64'),
      Buffer.from(header).toString('base64url'),
    ];
    for (const text of spelled) expect(mask(text, [header])).toContain(masked);
    for (const text of spelled) expect(mask(text, [header])).not.toMatch(/a\\|%22a|a&quot|ImFc/);
  });

  it('hides credentials without their scheme, and the password within', () => {
    expect(mask('token=abcdef123456', ['Bearer abcdef123456'])).toBe(`token=${masked}`);
    const basic = `Basic ${Buffer.from('anna:correct horse').toString('base64')}`;
    expect(mask('anna:correct horse, correct horse', [basic])).toBe(`${masked}, ${masked}`);
  });

  it.each([secret, 'Bearer 0123456789abcdef'])(
    'is no oracle: no beginning, end or other part of %s is told from any other text',
    (value) => {
      for (let length = 1; length < value.length; length += 1) {
        for (const part of [value.slice(0, length), value.slice(-length)]) {
          // A whole value of its own: the bare key, the bare token.
          if (part === value.slice(6) || part === value.slice(7)) continue;
          const wrong = `${part.slice(0, -1)}~`;
          for (const around of [(text: string) => text, (text: string) => `echo: ${text}`]) {
            expect(mask(around(part), [value]).includes(masked)).toBe(
              mask(around(wrong), [value]).includes(masked) || part.includes(value.slice(7)),
            );
          }
        }
      }
    },
  );

  it('hides overlapping values as one, and leaves no part of either', () => {
    expect(mask('x abcdefghijkl y', ['abcdefgh', 'efghijkl'])).toBe(`x ${masked} y`);
    expect(mask('x abcdefghijkl y', ['abcdefgh', 'abcdefghijkl'])).toBe(`x ${masked} y`);
  });

  it('keeps the first characters of a longer text: a value that the cut goes through is hidden whole', () => {
    const text = `0123456789${secret} and more`;
    for (let kept = 0; kept <= text.length; kept += 1) {
      const shown = mask(text, [secret], kept);
      const expected =
        kept <= 10
          ? text.slice(0, kept)
          : `0123456789${masked}${text.slice(10 + secret.length, Math.max(kept, 10 + secret.length))}`;
      expect(shown).toBe(expected);
    }
  });

  it('takes a value that no URL can hold', () => {
    expect(mask('a \ud800secretly z', ['\ud800secretly'])).toBe(`a ${masked} z`);
  });

  it('costs one walk, however many values there are', () => {
    const values = Array.from({ length: 1000 }, (_, index) => `${index}`.repeat(4).padEnd(40, 'x'));
    const text = 'some text of a receiver '.repeat(20_000);
    const duration = (list: readonly string[]) => {
      mask('', list);
      const times = [1, 2, 3].map(() => {
        const begun = performance.now();
        mask(text, list);
        return performance.now() - begun;
      });
      return Math.min(...times);
    };
    // A search for each of them would take hundreds of times as long.
    expect(duration(values) / duration(values.slice(0, 1))).toBeLessThan(20);
  });

  it('a text made of what many values begin with costs hardly more than with a few of them', () => {
    // Whoever can post to an inbox chooses the text, and all tokens of one kind begin alike.
    const text = 'eyJhbGci'.repeat(2000);
    const tokens = Array.from(
      { length: 4000 },
      (_, index) => `Bearer eyJhbGciOiJIUzI1NiJ9.${String(index).padStart(6, '0')}${'x'.repeat(20)}`,
    );
    const fastest = (secrets: readonly string[]) => {
      mask('', secrets);
      const runs = Array.from({ length: 3 }, () => {
        const before = performance.now();
        mask(text, secrets);
        return performance.now() - before;
      });
      return Math.min(...runs);
    };
    expect(fastest(tokens) / fastest(tokens.slice(0, 2))).toBeLessThan(20);
  });

  it('of values that begin alike the longest that stands there is hidden, and none that does not', () => {
    const values = ['tokentoken', 'tokentoken-a', 'tokentoken-ab-1', 'tokentoken-b', 'tokentokem'];
    expect(mask('tokentoken-ab-1!', values)).toBe(`${masked}!`);
    expect(mask('tokentoken-ab-2!', values)).toBe(`${masked}b-2!`);
    expect(mask('tokentoken', values)).toBe(masked);
    expect(mask('tokentoke tokentokex', values)).toBe('tokentoke tokentokex');
  });
});

describe('masking known secrets in headers', () => {
  const secret = 'whsec_c2VjcmV0LXNlY3JldC1zZWNyZXQ=';

  it('hides them in names and values, each by itself', () => {
    const headers = { 'x-echo': `a ${secret}`, [secret]: 'name', 'content-type': 'text/plain' };
    expect(maskHeaders(headers, [secret])).toEqual({
      'x-echo': `a ${masked}`,
      [masked]: 'name',
      'content-type': 'text/plain',
    });
  });

  it('gives a copy of what has nothing to hide', () => {
    const headers = { 'content-type': 'text/plain' };
    const shown = maskHeaders(headers, [secret]);
    expect(shown).toEqual(headers);
    expect(shown).not.toBe(headers);
  });
});
