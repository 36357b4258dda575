import type { TypePlan } from '../catalog';
import type { CoreEntries } from '../content';
import { createCoreEntryOf } from './core-entry';
import type { ReadChange } from './read-change';

const plan = { uid: 'api::article.article' } as TypePlan;
const change = (rowId: number | null, more: Partial<ReadChange> = {}): ReadChange =>
  ({ change: { rowId }, before: null, after: null, problem: null, ...more }) as unknown as ReadChange;

function set({ wanted = true, maxBodyBytes = 1000, maxEventBytes = 1000, fails = false } = {}) {
  const read: number[] = [];
  const coreEntries = {
    present: async (_uid: string, id: number) => {
      read.push(id);
      if (fails) throw new Error('the database is gone');
      return { id, title: 'Soups' };
    },
    bare: (_uid: string, { id }: { id: number }) => ({ id, bare: true }),
    sanitised: (_uid: string, row: object) => Promise.resolve(row),
  } as unknown as CoreEntries;
  const of = createCoreEntryOf({
    interest: { wantsCoreEntry: () => wanted },
    coreEntries,
    tried: (_what, run) => run().catch(() => null),
    ...{ maxBodyBytes, maxEventBytes },
  });
  return { read, of: (one: ReadChange, taken = 2) => of(plan, 'article.updated', one, taken) };
}

describe('the entry as Strapi’s own webhook sends it', () => {
  it('is not even read unless a webhook wants it so', async () => {
    const { read, of } = set({ wanted: false });
    expect(await of(change(7))).toBeNull();
    expect(read).toEqual([]);
  });

  it('is read where it exists; of what is gone it is what the caller selected, or the row alone', async () => {
    const { of } = set();
    expect(await of(change(7))).toBe('{"id":7,"title":"Soups"}');
    const before = { id: 3 } as unknown as ReadChange['before'];
    expect(await of(change(null, { before }))).toBe('{"id":3,"bare":true}');
    expect(await of(change(null, { before, selected: { title: 'Chosen' } }))).toBe('{"title":"Chosen"}');
    expect(await of(change(null))).toBeNull();
  });

  it('is left out where it, or the whole event, is too large, and where it cannot be read', async () => {
    expect(await set({ maxBodyBytes: 23 }).of(change(7))).toBeNull();
    expect(await set({ maxBodyBytes: 24 }).of(change(7))).not.toBeNull();
    expect(await set({ maxEventBytes: 30 }).of(change(7), 7)).toBeNull();
    expect(await set({ maxEventBytes: 30 }).of(change(7), 6)).not.toBeNull();
    expect(await set({ fails: true }).of(change(7))).toBeNull();
  });
});
