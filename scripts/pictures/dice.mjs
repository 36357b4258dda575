const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZabcdefghjkmnpqrstvwxyz';

/**
 * Numbers that look random and are the same each time (mulberry32), so that pictures differ only where a screen does.
 *
 * @param {number} seed
 */
export function createDice(seed) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  /** A whole number, both ends included. */
  const between = (least, most) => least + Math.floor(next() * (most - least + 1));
  return {
    between,
    of: (choices) => choices[between(0, choices.length - 1)],
    letters: (count) =>
      Array.from({ length: count }, () => alphabet[between(0, alphabet.length - 1)]).join(''),
  };
}
