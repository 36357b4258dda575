import type { GateRow, GateSignal } from '../gate';
import { withPatch } from '../gate';
import type { GateWrite } from './webhook-health';
import { createWebhookHealth } from './webhook-health';

const now = 1_800_000_000_000;
const open: GateRow = {
  ...{ active: true, disabledReason: null, heldUntil: null, heldReason: null, heldSince: null },
  ...{
    failures: 0,
    failingSince: null,
    lastFailureAt: null,
    warnedAt: null,
    breakerLevel: 0,
    openedAt: null,
  },
  ...{ throttleLevel: 0, throttledAt: null, alertAfter: null, home: null, url: 'https://example.com/hook' },
};
const signal = (change: Partial<GateSignal> = {}): GateSignal => ({
  ...{ at: now, succeeded: false, endpointFailed: true, overloaded: false, disable: null, pauseUntil: null },
  ...change,
});

/** Webhooks 1 to 3 in a table in memory, written with compare-and-set. */
function start(change: Partial<Parameters<typeof createWebhookHealth>[0]> = {}) {
  const rows = new Map<number, GateRow>([1, 2, 3].map((id) => [id, open]));
  const calls = {
    read: [] as number[][],
    written: [] as number[][],
    gone: [] as number[],
    told: [] as string[],
  };
  const health = createWebhookHealth({
    gatesOf: async (ids) => {
      calls.read.push([...ids]);
      return new Map([...rows].filter(([id]) => ids.includes(id)));
    },
    writeGates: async (writes: readonly GateWrite[]) => {
      calls.written.push(writes.map(({ id }) => id));
      const fresh = writes.filter(({ id, seen }) => rows.get(id) === seen);
      for (const { id, patch, seen } of fresh) rows.set(id, withPatch(seen, patch));
      return new Set(fresh.map(({ id }) => id));
    },
    gone: async (id) => void calls.gone.push(id),
    tell: async (id, news) => void calls.told.push(`${id} ${news}`),
    now: () => now,
    random: () => 0,
    options: { breakerFailures: 10, breakerOpenMs: 30_000, disableAfterMs: 432_000_000 },
    ...change,
  });
  return { health, rows, calls };
}

describe('the state of webhooks after their attempts', () => {
  it('is read and written once for all that failed in the same moment', async () => {
    const { health, rows, calls } = start();
    await Promise.all([3, 1, 2].map((id) => health(id, open, signal())));
    expect(calls).toMatchObject({ read: [[1, 2, 3]], written: [[1, 2, 3]] });
    expect([1, 2, 3].map((id) => rows.get(id)?.failures)).toEqual([1, 1, 1]);
  });

  it('counts each failure of one webhook, one after the other', async () => {
    const { health, rows } = start();
    await Promise.all(Array.from({ length: 4 }, () => health(1, open, signal())));
    expect(rows.get(1)?.failures).toBe(4);
  });

  it('costs nothing where a webhook in good health succeeds, and ends its trouble where it was in some', async () => {
    const { health, rows, calls } = start();
    const success = signal({ succeeded: true, endpointFailed: false });
    await health(1, open, success);
    expect(calls.read).toEqual([]);
    await health(1, open, signal());
    // As it was claimed it was in good health; this process knows better.
    await health(1, open, success);
    expect(rows.get(1)).toMatchObject({ failures: 0, failingSince: null });
  });

  it('is calculated anew where another instance has written meanwhile, and its news are told once', async () => {
    let others = 2;
    const world = start({
      gatesOf: async () => {
        const seen = new Map(world.rows);
        if (others > 0) world.rows.set(1, { ...open, failures: 5 });
        others -= 1;
        return seen;
      },
    });
    await world.health(1, open, signal({ disable: 'gone', endpointFailed: false }));
    expect(world.calls.written).toEqual([[1], [1], [1]]);
    expect(world.rows.get(1)).toMatchObject({ active: false, disabledReason: 'gone', failures: 5 });
    expect(world.calls.told).toEqual(['1 disabled']);
  });

  it('of one that was deleted: what waits for it is cancelled, and the others are written', async () => {
    const { health, rows, calls } = start();
    rows.delete(2);
    await Promise.all([1, 2].map((id) => health(id, open, signal())));
    expect([calls.gone, rows.get(1)?.failures]).toEqual([[2], 1]);
  });

  it('that cannot be written is an error for each of them, and nothing waits for ever', async () => {
    let broken = true;
    const { health } = start({
      gatesOf: async () => {
        if (broken) throw new Error('the database is away');
        return new Map([[1, open]]);
      },
    });
    await expect(health(1, open, signal())).rejects.toThrow('the database is away');
    broken = false;
    await expect(health(1, open, signal({ succeeded: true }))).resolves.toBeUndefined();
  });

  it('that others write all the time is given up', async () => {
    const { health, calls } = start({ writeGates: async () => new Set() });
    await expect(health(1, open, signal())).rejects.toThrow('others write it all the time');
    expect(calls.read).toHaveLength(20);
  });
});
