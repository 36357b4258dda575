import { createOneAtATime } from './one-at-a-time';

describe('checks of one person', () => {
  it('go one at a time; a newer one takes the place of what waits; others are not held up', async () => {
    const oneAtATime = createOneAtATime();
    const begun: string[] = [];
    const ends: Record<string, () => void> = {};
    const work = (name: string) => () => {
      begun.push(name);
      return new Promise<string>((resolve) => (ends[name] = () => resolve(name)));
    };
    const first = oneAtATime('a', work('first'));
    const second = oneAtATime('a', work('second'));
    const third = oneAtATime('a', work('third'));
    const other = oneAtATime('b', work('other'));
    await expect(second).rejects.toMatchObject({ name: 'RateLimitError' });
    expect(begun).toEqual(['first', 'other']);
    ends.first?.();
    expect(await first).toBe('first');
    await Promise.resolve();
    expect(begun).toEqual(['first', 'other', 'third']);
    ends.third?.();
    ends.other?.();
    expect([await third, await other]).toEqual(['third', 'other']);
  });

  it('one that fails lets the next go', async () => {
    const oneAtATime = createOneAtATime();
    const failing = oneAtATime('a', () => Promise.reject(new Error('no')));
    const next = oneAtATime('a', async () => 'done');
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('done');
  });
});
