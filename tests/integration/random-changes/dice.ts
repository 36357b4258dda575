/** Random choices that are the same for the same seed. */
export interface Dice {
  /** A whole number from 0 up to, but not including, this one. */
  below: (limit: number) => number;
  chance: (probability: number) => boolean;
  pick: <T>(from: readonly T[]) => T;
  /** As many of them as asked for, or as there are, in random order. */
  some: <T>(from: readonly T[], count: number) => T[];
  /** A text that has not been given before. */
  word: () => string;
}

export function createDice(seed: number): Dice {
  let state = seed >>> 0;
  let words = 0;
  // mulberry32: small, and good enough to choose by.
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  const some = <T>(from: readonly T[], count: number): T[] => {
    const left = [...from];
    const taken: T[] = [];
    while (taken.length < count && left.length > 0) taken.push(...left.splice(below(left.length), 1));
    return taken;
  };
  return {
    below,
    some,
    chance: (probability) => next() < probability,
    pick: (from) => {
      const [one] = some(from, 1);
      if (one === undefined) throw new Error('there is nothing to choose from');
      return one;
    },
    word: () => `w${(words += 1)}-${below(1000)}`,
  };
}
