import { shownBefore } from '../content';
import type { TypePlan } from '../catalog';
import type { Row } from '../content';
import { unknownShowing } from '../showing';
import { createShownRows, shownWithin } from './shown-rows';

const plan = { uid: 'plugin::upload.file' } as TypePlan;
const rows = [
  { id: 1, documentId: 'a' },
  { id: 2, documentId: 'b' },
] as unknown as Row[];
const nobody = { title: null, entries: [], total: 0, truncated: false };

const shownRows = (ofRow: () => Promise<typeof nobody>, { keeps = true, undone = false } = {}) =>
  createShownRows({
    interest: { keepsShowing: () => keeps },
    rows: { statusOf: () => 'published' },
    showing: { ofRow },
    tried: async (_what, run) => {
      try {
        return await run();
      } catch (error) {
        if (undone) throw error;
        return null;
      }
    },
  });

describe('rows that are about to go', () => {
  it('have with them who shows them, if somebody asks', async () => {
    const told = await shownRows(async () => nobody)(plan, rows);
    expect(told.map((row) => row[shownBefore])).toEqual([nobody, nobody]);
    const read = jest.fn(async () => nobody);
    expect(await shownRows(read, { keeps: false })(plan, rows)).toEqual(rows);
    expect(read).not.toHaveBeenCalled();
  });

  it('are told where that cannot be read, as shown by nobody knows whom', async () => {
    const told = await shownRows(() => Promise.reject(new Error('no such table')))(plan, rows);
    expect(told).toMatchObject(rows);
    expect(told.map((row) => row[shownBefore])).toEqual([unknownShowing, unknownShowing]);
  });

  it('are not told if the transaction was undone with it', async () => {
    const read = () => Promise.reject(new Error('deadlock'));
    await expect(shownRows(read, { undone: true })(plan, rows)).rejects.toThrow('deadlock');
  });
});

describe('who shows a row, beside the other texts of its event', () => {
  const entries = Array.from({ length: 50 }, (_, at) => ({
    ...{ uid: 'api::page.page', documentId: `doc${at}`, locale: null, status: 'published' as const },
    ...{ title: 'Сторінка', slug: null, via: ['cover'] },
  }));
  const showing = { title: 'Photo', entries, total: 50, truncated: false };
  const sizeOf = (one: unknown) => Buffer.byteLength(JSON.stringify(one));

  it('is cut to what fits, the nearest first, and keeps the true number', () => {
    expect(shownWithin(showing, sizeOf(showing))).toBe(showing);
    for (const bytes of [sizeOf(showing) - 1, 2000, 200]) {
      const cut = shownWithin(showing, bytes);
      expect(cut).toMatchObject({ title: 'Photo', total: 50, truncated: true });
      expect(cut?.entries).toEqual(entries.slice(0, cut?.entries.length));
      expect(sizeOf(cut)).toBeLessThanOrEqual(bytes);
      expect(sizeOf(cut)).toBeGreaterThan(bytes - 2 * sizeOf(entries[0]));
    }
    expect(shownWithin(showing, 20)).toBeNull();
  });
});
