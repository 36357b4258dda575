import type { Catalog } from '../catalog';
import type { StoredShowing, WaitingEvent } from '../store/events';
import { createAffectedEvents } from './affected';
import type { AffectedDeps } from './affected';

const uid = 'api::page.page';
const documents = Array.from({ length: 45 }, (_, at) => `page${at}`);
const showing = {
  entries: documents.map((documentId) => ({
    ...{ uid, documentId, locale: null, status: 'published', title: null, slug: null, via: ['products'] },
  })),
  ...{ total: 45, truncated: false, title: 'Vase' },
} as StoredShowing;
const cause = {
  ...{ messageId: 'msg_1', type: 'product.updated', uid: 'api::product.product', documentId: 'vase' },
  ...{ locale: null, actor: { type: 'system', id: null, name: null }, transactionId: null },
} as unknown as WaitingEvent;

/** @param refuses an error for a statement that reads these documents */
function made(refuses: (documentIds: readonly string[]) => Error | null) {
  const plan = { uid, typeName: 'page', trim: (entry: object) => entry, read: { published: {} } };
  const reads: number[] = [];
  const warned: string[] = [];
  const affected = createAffectedEvents({
    catalog: () =>
      ({
        plan: () => ({ ...plan, telling: () => plan }),
        affected: () => 'page.affected',
        ways: { hasDrafts: () => true },
      }) as unknown as Catalog,
    rows: {
      whole: async (_plan: unknown, { documentId }: { documentId: { $in: string[] } }) => {
        reads.push(documentId.$in.length);
        const error = refuses(documentId.$in);
        if (error !== null) throw error;
        return documentId.$in.map((one) => ({ documentId: one, locale: null, title: `Title of ${one}` }));
      },
      sanitised: async (_uid: string, row: object) => row,
      told: (_plan: unknown, _row: object, entry: object) => ({ entry }),
      selected: () => null,
    } as unknown as AffectedDeps['rows'],
    now: () => 0,
    log: { warn: (line) => void warned.push(line) },
    ...{ maxBodyBytes: 100_000, maxEventBytes: 100_000 },
  });
  const run = (isLast = false) => affected(cause, showing, new Map([['page.affected', []]]), isLast);
  return { run, reads, warned };
}

describe('the events of entries that show what changed', () => {
  it('each tell the entry, which are read in batches', async () => {
    const { run, reads } = made(() => null);
    const events = await run();
    expect(events.map(({ documentId }) => documentId)).toEqual(documents);
    expect(events.every(({ thinReason, body }) => thinReason === null && body?.includes('Title of'))).toBe(
      true,
    );
    expect(reads).toEqual([20, 20, 5]);
  });

  it('an entry that cannot be read is told without its content, and the others of its batch as ever', async () => {
    const { run, warned } = made((ids) => (ids.includes('page30') ? new TypeError('an odd row') : null));
    const events = await run();
    expect(events).toHaveLength(45);
    expect(events.filter(({ thinReason }) => thinReason !== null)).toMatchObject([
      { documentId: 'page30', thinReason: 'not_read: the entry could not be read' },
    ]);
    expect(JSON.stringify(events)).not.toContain('an odd row');
    expect(warned).toEqual([expect.stringMatching(/api::page\.page .*: an odd row$/)]);
  });

  it('what the database does not let read now is tried again by the caller, and told without content at the end', async () => {
    const timeout = Object.assign(new Error('canceling statement'), { code: '57014' });
    const { run, reads } = made((ids) => (ids.includes('page30') ? timeout : null));
    await expect(run()).rejects.toThrow('canceling statement');
    reads.length = 0;
    const events = await run(true);
    expect(events.filter(({ thinReason }) => thinReason !== null)).toHaveLength(20);
    // A database that takes its time is not asked for each entry.
    expect(reads).toEqual([20, 20, 5]);
  });
});
