export interface PaceOptions {
  /** Rows per step before anything is known about this disk. */
  atFirst: number;
  atLeast: number;
  atMost: number;
  /** Target time of a step, in milliseconds. */
  ms: number;
}

export interface Pace {
  /** How many rows the next step may change. */
  rows(): number;
  timed<T>(count: number, step: () => Promise<T>): Promise<T>;
  /** A step over this many rows took this long. */
  took(count: number, ms: number): void;
}

/**
 * How many rows a step can change, by the duration of previous steps: that depends on the disk and the size
 * of the table.
 */
export function createPace({ atFirst, atLeast, atMost, ms: target }: PaceOptions): Pace {
  let rows = atFirst;
  const took = (count: number, ms: number): void => {
    const fitting = (count * target) / Math.max(0.1, ms);
    // Fewer immediately, more gradually; a short step says nothing about a long one.
    if (fitting < rows || count === rows) rows = Math.round(Math.min(fitting, rows * 1.5));
    rows = Math.max(atLeast, Math.min(atMost, rows));
  };
  return {
    rows: () => rows,
    took,
    async timed(count, step) {
      const began = performance.now();
      const done = await step();
      took(count, performance.now() - began);
      return done;
    },
  };
}
