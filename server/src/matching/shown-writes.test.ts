import type { Connection } from '../store/connection';
import type { NewEvent, UnmatchedEvent } from '../store/events';
import type { Prepared } from './showing';
import { createShownWrites } from './shown-writes';

const eventOf = (documentId: string, locale: string | null = null) =>
  ({
    ...{ messageId: `msg_${documentId}${locale ?? ''}`, type: 'page.affected', uid: 'api::page.page' },
    ...{ documentId, locale },
  }) as unknown as NewEvent;

/** @param gone documents that were deleted or unpublished since */
function setUp(affected: readonly NewEvent[], { gone = [] as string[], known = [] as string[] } = {}) {
  const written: string[] = [];
  const asked: number[] = [];
  const writes = createShownWrites({
    store: {
      knownEvents: async () => new Set(known),
      insertEvents: async (_trx, events) => void written.push(...events.map(({ messageId }) => messageId)),
      published: async (_trx, entries) => {
        asked.push(entries.length);
        return ({ documentId, locale }) => !gone.includes(`${documentId}${locale ?? ''}`);
      },
    },
    showing: { of: (id) => (id === 1 ? ({ affected } as Prepared) : undefined) },
  });
  const finished = [1, 2].map((id) => ({ event: { id } as UnmatchedEvent }));
  return { written, asked, run: () => writes.writeAffected({} as Connection, finished) };
}

describe('the events of what a change affects, as they are written', () => {
  it('are left out where the entry was deleted or unpublished since it was read, each language by itself', async () => {
    const { written, run } = setUp([eventOf('a'), eventOf('b', 'en'), eventOf('b', 'uk')], {
      gone: ['a', 'buk'],
    });
    await run();
    expect(written).toEqual(['msg_ben']);
  });

  it('are written once, and cost nothing where there are none', async () => {
    const again = setUp([eventOf('a'), eventOf('b')], { known: ['msg_a'] });
    await again.run();
    expect(again.written).toEqual(['msg_b']);
    const none = setUp([]);
    await none.run();
    expect(none.asked).toEqual([]);
  });
});
