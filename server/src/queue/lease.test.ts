import { createSweeper } from './lease';

const hourMs = 3_600_000;

/** A sweeper over rows whose leases are over at these times, a clock on the wall, and one that nobody sets. */
function start(leases: number[], { batchSize = 64, leaseMs = 120_000 } = {}) {
  let wall = 1_800_000_000_000;
  let elapsed = 5000;
  const healed: number[] = [];
  const pieces: number[] = [];
  let rows = leases.map((afterMs) => wall + afterMs);
  const sweep = createSweeper({
    returnExpired: async (now, limit) => {
      const over = rows.filter((at) => at < now).slice(0, limit);
      rows = rows.filter((at) => !over.includes(at));
      pieces.push(over.length);
      return over.length;
    },
    releaseBlocked: async () => 0,
    healFuture: async (now) => healed.push(now) && 0,
    elapsed: () => elapsed,
    log: () => undefined,
    batchSize,
    leaseMs,
    longestLeaseMs: leaseMs,
  });
  return {
    healed,
    pieces,
    left: () => rows.length,
    set: (ms: number): void => void (wall += ms),
    async passes(ms: number): Promise<void> {
      wall += ms;
      elapsed += ms;
      await sweep(wall);
    },
  };
}

const many = (count: number, afterMs: number): number[] =>
  Array.from({ length: count }, (_, index) => afterMs + index / 1000);

describe('what a process that died was working on', () => {
  it('is due again in one sweep, however much it was, in pieces (guarantee 21)', async () => {
    const { passes, pieces, left } = start(many(448, 120_000));
    await passes(0);
    await passes(119_000);
    expect(left()).toBe(448);
    await passes(15_000);
    expect(left()).toBe(0);
    expect(Math.max(...pieces)).toBe(64);
  });

  it('is looked for as often as ever while the clock is an hour back', async () => {
    const { passes, set, pieces } = start([]);
    await passes(0);
    set(-hourMs);
    const before = pieces.length;
    for (let second = 0; second < 60; second += 1) await passes(1000);
    expect(pieces.length - before).toBe(4);
  });
});

describe('a clock that is set', () => {
  it('back: what was to wait is brought back with the next turn, once; at the start too', async () => {
    const { passes, set, healed } = start([]);
    await passes(0);
    expect(healed).toHaveLength(1);
    await passes(1000);
    set(-hourMs);
    await passes(1000);
    await passes(1000);
    expect(healed).toHaveLength(2);
  });

  it('back by small steps: brought back as soon as they make five seconds', async () => {
    const { passes, set, healed } = start([]);
    await passes(0);
    for (let step = 0; step < 6; step += 1) {
      set(-1000);
      await passes(100);
    }
    expect(healed).toHaveLength(2);
  });

  it('forward: leases of workers that are alive last as long as they were to last, and no longer', async () => {
    const { passes, set, left } = start([100_000, 40_000]);
    await passes(0);
    set(hourMs);
    await passes(20_000);
    expect(left()).toBe(2);
    await passes(30_000);
    expect(left()).toBe(1);
    await passes(60_000);
    expect(left()).toBe(0);
  });

  it('forward and back again: the same', async () => {
    const { passes, set, left } = start([100_000]);
    await passes(0);
    set(hourMs);
    await passes(15_000);
    set(-hourMs);
    await passes(15_000);
    expect(left()).toBe(1);
    await passes(80_000);
    expect(left()).toBe(0);
  });
});
