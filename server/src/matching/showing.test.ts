import type { Catalog } from '../catalog';
import type { StoredShowing, UnmatchedEvent, WaitingEvent } from '../store/events';
import type { Subscriber } from './match';
import { createShowingStep } from './showing';
import type { ShowingStepDeps } from './showing';

const nobody: StoredShowing = { title: null, entries: [], total: 0, truncated: false };
const asking = [{ events: ['product.updated'], shownBy: true, fields: null }] as unknown as Subscriber[];
const eventOf = (id: number): WaitingEvent =>
  ({
    ...{ id, messageId: `msg_${id}`, type: 'product.updated', uid: 'api::product.product' },
    ...{ documentId: `doc${id}`, locale: null, status: 'published', shownBy: null },
  }) as unknown as WaitingEvent;

/** A step before batches of these events; the showing of some cannot be read. */
function setUp(faulty: readonly string[], more: Partial<ShowingStepDeps> = {}) {
  const log: string[] = [];
  const reads: string[] = [];
  let elapsed = 0;
  const events = [1, 2, 3].map(eventOf);
  const step = createShowingStep({
    catalog: () =>
      ({
        plan: () => ({ uid: 'api::product.product', typeName: 'product', content: {}, mapped: [] }),
        ways: { hasDrafts: () => false, shownWhenCreated: () => false, showing: () => new Set() },
      }) as unknown as Catalog,
    wants: (pattern, type) => pattern === type,
    waiting: async () => events,
    read: async ({ documentId }) => {
      reads.push(documentId);
      if (faulty.includes(documentId)) throw new Error('an odd row');
      return nobody;
    },
    affected: async () => [],
    shownBy: ({ total, truncated }) => ({ entries: [], total, truncated }),
    log: (message) => log.push(message),
    elapsed: () => elapsed,
    ...more,
  });
  step.isNews(asking);
  const turn = async () => {
    await step.prepare(64);
    elapsed += 5000;
    return events.filter((event) => step.isReady(event as UnmatchedEvent)).map(({ id }) => id);
  };
  return { step, turn, log, reads };
}

describe('an event of which it cannot be read who shows its entry', () => {
  it('is tried in three turns, while those before it go on, and then told without it, as those behind it', async () => {
    const { step, turn, log } = setUp(['doc2']);
    expect(await turn()).toEqual([1]);
    expect(await turn()).toEqual([1]);
    expect(await turn()).toEqual([1, 2, 3]);
    expect(step.of(2)).toEqual({ shownBy: { entries: [], total: 0, truncated: true }, affected: [] });
    expect(step.of(3)?.shownBy.truncated).toBe(false);
    expect(log).toHaveLength(3);
    expect(log[2]).toContain('msg_2');
    expect(log[2]).toContain('an odd row');
  });

  it('is as any other if it can be read again meanwhile', async () => {
    const faulty = ['doc1'];
    const { step, turn } = setUp(faulty);
    expect(await turn()).toEqual([]);
    faulty.pop();
    expect(await turn()).toEqual([1, 2, 3]);
    expect(step.of(1)?.shownBy.truncated).toBe(false);
  });

  it('is not given up within the moment in which saves follow each other', async () => {
    const { turn, reads } = setUp(['doc1'], { elapsed: () => 7 });
    for (let turns = 0; turns < 5; turns += 1) expect(await turn()).toEqual([]);
    expect(reads).toEqual(['doc1']);
  });

  it('where the database does not answer at all, that is thrown', async () => {
    const { step } = setUp([], { waiting: () => Promise.reject(new Error('Connection terminated')) });
    await expect(step.prepare(64)).rejects.toThrow('Connection terminated');
  });
});
