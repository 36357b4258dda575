/**
 * The same seed gives the same choices (mulberry32); what the machine makes of their moments is never the same.
 *
 * @param {number} seed
 * @returns {() => number} 0 ≤ n < 1
 */
const randomFrom = (seed) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

module.exports = { randomFrom };
