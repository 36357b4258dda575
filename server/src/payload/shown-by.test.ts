import type { ShownBy } from '../../../contracts';
import type { Catalog } from '../catalog';
import type { StoredShowing } from '../store/events';
import { shownByOf, withShownBy } from './shown-by';

const entry = (at: number): StoredShowing['entries'][number] => ({
  ...{ uid: 'api::page.page', documentId: `doc${at}`, locale: null, status: 'published' },
  ...{ title: `Page ${at}`, slug: `page-${at}`, via: ['blocks.products'] },
});
const showing = (listed: number, total = listed): StoredShowing => ({
  entries: Array.from({ length: listed }, (_, at) => entry(at)),
  ...{ total, truncated: false, title: null },
});
const catalog = { plan: () => ({ typeName: 'page' }) } as unknown as Catalog;
const body = JSON.stringify({ type: 'product.updated', timestamp: 't', data: { entry: { id: 1 } } });
const dataOf = (text: string) => (JSON.parse(text) as { data: { shownBy: ShownBy } }).data;

describe('who shows an entry, as deliveries tell it', () => {
  it('lists the first 100, and counts all', () => {
    const told = shownByOf(showing(150, 160), catalog);
    expect([told.entries.length, told.total, told.truncated]).toEqual([100, 160, true]);
    expect(told.entries[0]).toMatchObject({ model: 'page', documentId: 'doc0', slug: 'page-0' });
    expect(shownByOf(showing(3), catalog).truncated).toBe(false);
  });

  it('is added to data, and leaves all else as it is', () => {
    const told = dataOf(withShownBy(body, shownByOf(showing(1), catalog), 10_000));
    expect(told).toMatchObject({ entry: { id: 1 }, shownBy: { total: 1 } });
  });

  it('a body that would become too large keeps the number alone', () => {
    const told = dataOf(withShownBy(body, shownByOf(showing(50), catalog), 1000));
    expect(told.shownBy).toEqual({ entries: [], total: 50, truncated: true });
  });

  it('a key of that name in a payload of the site builder is kept', () => {
    const own = JSON.stringify({ type: 'a.b', timestamp: 't', data: { shownBy: 'Anna' } });
    expect(withShownBy(own, shownByOf(showing(1), catalog), 10_000)).toBe(own);
  });
});
