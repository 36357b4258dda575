import { showingLimits } from '../../../contracts';
import type { ShowingEntryView, ShownBy } from '../../../contracts';
import type { Catalog } from '../catalog';
import type { StoredShowing } from '../store/events';
import { standardBody } from './standard';

/** As `data.shownBy` tells it: the first ones, and how many there are. */
export function shownByOf({ entries, total, truncated }: StoredShowing, catalog: Catalog): ShownBy {
  const told = entries.slice(0, showingLimits.listed).map(({ uid, ...entry }): ShowingEntryView => ({
    uid,
    model: catalog.plan(uid)?.typeName ?? uid,
    ...entry,
  }));
  return { entries: told, total, truncated: truncated || told.length < total };
}

/**
 * A body that also tells who shows the entry. A key of that name that the site builder's own payload has is kept; where
 * the list would make the body too large, it is empty, and `total` tells of it.
 */
export function withShownBy(body: string, shownBy: ShownBy, maxBodyBytes: number): string {
  const { type, timestamp, data } = JSON.parse(body) as {
    type: string;
    timestamp: string;
    data: Record<string, unknown> | null;
  };
  if (data === null || typeof data !== 'object' || 'shownBy' in data) return body;
  const told = (list: ShownBy): string => standardBody({ type, timestamp, data: { ...data, shownBy: list } });
  const whole = told(shownBy);
  if (Buffer.byteLength(whole) <= maxBodyBytes) return whole;
  return told({ ...shownBy, entries: [], truncated: shownBy.total > 0 });
}

/** Who shows the entry of a sample, for tests and previews: an entry of the first content type that could. */
export function sampleShownBy(body: string, catalog: Catalog): ShownBy {
  const { data } = JSON.parse(body) as { data: Record<string, unknown> | null };
  const uid = String(data?.['uid'] ?? '');
  const showing = [...catalog.ways.showing(uid)].find((one) => catalog.affected(one) !== undefined);
  const type = showing === undefined ? undefined : catalog.affected(showing);
  const sample = type === undefined ? undefined : catalog.get(type)?.sample;
  if (showing === undefined || sample === undefined) return { entries: [], total: 0, truncated: false };
  const entry = sample['entry'] as Record<string, unknown>;
  const { title, slug } = catalog.ways.labels(showing);
  const textOf = (name: string | null): string | null => {
    const value = name === null ? null : entry[name];
    return typeof value === 'string' ? value : null;
  };
  const [way] = catalog.ways.into(uid);
  return {
    entries: [
      {
        ...{ uid: showing, model: String(sample['model']), documentId: String(sample['documentId']) },
        ...{ locale: (sample['locale'] as string | null) ?? null, status: 'published' },
        ...{ title: textOf(title), slug: textOf(slug), via: way ? [way.name] : [] },
      },
    ],
    total: 1,
    truncated: false,
  };
}
