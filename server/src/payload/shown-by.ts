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
