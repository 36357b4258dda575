import { becomeAlone } from './alone';
import type { Held } from './alone';

describe('the one process that delivers on SQLite (guarantee 32)', () => {
  const held: Held = { release: () => undefined };
  /** Tries in turn; the last one is repeated. */
  const start = (tries: (() => Held | null)[], stopsAfter = Infinity) => {
    let tried = 0;
    let waits = 0;
    const got = becomeAlone({
      file: 'data.db.lock',
      tryLock: () => {
        const next = tries[Math.min(tried, tries.length - 1)];
        tried += 1;
        return next ? next() : null;
      },
      waits: () => void (waits += 1),
      stopped: () => tried >= stopsAfter,
    });
    return { got, tried: () => tried, waits: () => waits };
  };
  const busy = () => null;
  const broken = (): never => {
    throw new Error('EMFILE');
  };

  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('the first has it at once', async () => {
    const one = start([() => held]);
    expect(await one.got).toBe(held);
    expect(one.waits()).toBe(0);
  });

  it('the second waits for hours, says so once, and has it when the first is gone', async () => {
    const one = start([...Array.from({ length: 10_000 }, () => busy), () => held]);
    await jest.advanceTimersByTimeAsync(5_100_000);
    expect(await one.got).toBe(held);
    expect(one.waits()).toBe(1);
  });

  it('a try that fails while another has it opens nothing', async () => {
    const one = start([busy, broken, broken, () => held]);
    await jest.advanceTimersByTimeAsync(1600);
    expect(await one.got).toBe(held);
    expect(one.tried()).toBe(4);
  });

  it('where the very first try fails whoever asks decides', async () => {
    await expect(start([broken]).got).rejects.toThrow('EMFILE');
  });

  it('who ends while it waits never has it', async () => {
    const one = start([busy, busy, () => held], 2);
    await jest.advanceTimersByTimeAsync(5000);
    expect(await one.got).toBeNull();
    expect(one.tried()).toBe(2);
  });

  it('a database in memory belongs to nobody else', async () => {
    const got = await becomeAlone({ file: null, tryLock: broken, waits: broken, stopped: () => false });
    expect(got).not.toBeNull();
  });
});
