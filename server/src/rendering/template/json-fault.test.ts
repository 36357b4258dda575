import fc from 'fast-check';
import { jsonFault } from './json-fault';

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('the fault of a text that is not JSON', () => {
  const marks = fc.constantFrom(
    ...'{}[],:"\\ \n0123.eE+-'.split(''),
    'true',
    'null',
    '"a"',
    '\\u00',
    '😀',
    '\u0001',
  );

  it('is found in any text, within it', () => {
    fc.assert(
      fc.property(fc.array(marks, { maxLength: 30 }), (parts) => {
        const text = parts.join('');
        fc.pre(!isJson(text));
        const { at, message } = jsonFault(text);
        expect(at).toBeGreaterThanOrEqual(0);
        expect(at).toBeLessThanOrEqual(Math.max(0, text.length));
        expect(message).not.toBe('');
      }),
      { numRuns: 2000 },
    );
  });

  it('is where the text was broken', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (text, place) => {
        const at = place % (text.length + 1);
        const broken = `${text.slice(0, at)}\u0001${text.slice(at)}`;
        const found = jsonFault(broken).at;
        expect(found).toBeLessThanOrEqual(at);
        // Never before the number, word or escape that was broken.
        expect(broken.slice(found, at)).toMatch(/^[^\s{}[\],:"]*$/);
      }),
      { numRuns: 1000 },
    );
  });
});
