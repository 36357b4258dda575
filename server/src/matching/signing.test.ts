import type { EventRow } from '../store/events';
import { createSigning } from './signing';

const event = (id: number) => ({ id, body: `{"n":${id}}` }) as EventRow;

describe('the step before matching', () => {
  it('costs one question where no file is private, and holds nobody', async () => {
    const never = () => Promise.reject(new Error('asked'));
    const signing = createSigning({
      active: () => Promise.resolve(false),
      waiting: never,
      sign: never,
      save: never,
    });
    await signing.prepare(64);
    expect(signing.isReady(event(1))).toBe(true);
  });

  it('saves what it signed, and leaves who came later to the next turn', async () => {
    const saved: number[] = [];
    let waiting = [event(1), event(3)];
    const signing = createSigning({
      active: () => Promise.resolve(true),
      waiting: () => Promise.resolve(waiting),
      sign: (events) =>
        Promise.resolve(
          new Map(events.slice(0, 1).map(({ id, body }) => [id, { body, snapshot: null, selected: null }])),
        ),
      save: (id) => Promise.resolve(saved.push(id)),
    });
    await signing.prepare(64);
    expect(saved).toEqual([1]);
    expect([1, 2, 3].map((id) => signing.isReady(event(id)))).toEqual([true, false, true]);
    waiting = [event(2)];
    await signing.prepare(64);
    expect(signing.isReady(event(2))).toBe(true);
  });

  it('a crash in between, or a database that is away, only repeats it', async () => {
    let fails = true;
    const signing = createSigning({
      active: () => Promise.resolve(true),
      waiting: () => Promise.resolve([event(1)]),
      sign: () => Promise.resolve(new Map([[1, { body: 'x', snapshot: null, selected: null }]])),
      save: () => (fails ? Promise.reject(new Error('away')) : Promise.resolve(true)),
    });
    await expect(signing.prepare(64)).rejects.toThrow('away');
    expect(signing.isReady(event(1))).toBe(false);
    fails = false;
    await signing.prepare(64);
    expect(signing.isReady(event(1))).toBe(true);
  });
});
