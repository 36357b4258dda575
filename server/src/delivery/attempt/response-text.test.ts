import fc from 'fast-check';
import { decodeText } from './response-text';

describe('text from outside (guarantee 16)', () => {
  it('is UTF-8', () => {
    expect(decodeText(Buffer.from('Дякую 🙂'), 100)).toBe('Дякую 🙂');
  });

  it('has a replacement for every byte that is not', () => {
    expect(decodeText(Buffer.from([0x61, 0xff, 0xfe, 0x62, 0xc3]), 100)).toBe('a\ufffd\ufffdb\ufffd');
  });

  it('has no NUL, which Postgres would refuse', () => {
    expect(decodeText(Buffer.from('a\0b\0'), 100)).toBe('ab');
  });

  it('is cut between characters', () => {
    expect(decodeText(Buffer.from('aяя'), 4)).toBe('aя');
    expect(decodeText(Buffer.from('ab🙂'), 5)).toBe('ab');
    expect(decodeText(Buffer.from('ab🙂'), 6)).toBe('ab🙂');
  });

  it('hides the half character that the reader of the answer left at the cap', () => {
    expect(decodeText(Buffer.from('ab🙂').subarray(0, 4), 4)).toBe('ab');
  });

  it('may be empty', () => {
    expect(decodeText(Buffer.alloc(0), 10)).toBe('');
    expect(decodeText(Buffer.from('abc'), 0)).toBe('');
  });

  it('can always be stored: no NUL, no half surrogate, within the cap', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat({ max: 200 }), (bytes, cap) => {
        const text = decodeText(Buffer.from(bytes), cap);
        return (
          !text.includes('\0') &&
          Buffer.byteLength(text) <= cap &&
          Buffer.from(text, 'utf8').toString('utf8') === text
        );
      }),
    );
  });

  it('is the beginning of any text that was longer', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat({ max: 100 }), (text, cap) =>
        text.startsWith(decodeText(Buffer.from(text), cap)),
      ),
    );
  });
});
