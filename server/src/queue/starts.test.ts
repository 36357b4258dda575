import { othersTurn } from '../store';
import { createStarts } from './starts';

describe('deliveries started in one turn of the event loop', () => {
  /** As many as may be started now, each of them counted. */
  const startAll = (starts: ReturnType<typeof createStarts>): number => {
    let started = 0;
    while (!starts.areUsedUp()) {
      starts.count();
      started += 1;
    }
    return started;
  };

  it('are few, and more after a turn that took long anyway', async () => {
    let now = 0;
    let turns = 0;
    const starts = createStarts(
      () => now,
      () => (turns += 1),
    );
    const first = startAll(starts);
    expect(first).toBeLessThanOrEqual(8);
    expect(startAll(starts)).toBe(0);
    await othersTurn();
    expect(turns).toBe(1);
    expect(startAll(starts)).toBe(first);
    now += 50;
    await othersTurn();
    expect(startAll(starts)).toBeGreaterThan(2 * first);
    await othersTurn();
    expect(startAll(starts)).toBe(first);
  });

  it('nothing is asked for in a turn after one that started nothing', async () => {
    let turns = 0;
    const starts = createStarts(
      () => 0,
      () => (turns += 1),
    );
    starts.count();
    await othersTurn();
    await othersTurn();
    expect(turns).toBe(1);
  });
});
