import { truncatedOf } from './capped';
import { beyondContent, contentEventData } from './content-event-data';
import { cutLists, isEntry, trimEntry, trimPart } from './entry-shape';
import type { EntryShape } from './entry-shape';
import { isWithin } from './field-tree';
import type { ContentEventData, Entry, Selected, SelectedEntry } from './types';

/**
 * The part of an entry that a tree tells: its ticked fields, and its lists within their limits.
 *
 * @param shape of the tree, see `treeShape`
 * @param known the true length of lists that were cut before, by path
 */
export function pickedEntry(
  entry: Entry,
  shape: EntryShape,
  limit: number,
  known: Readonly<Record<string, number>> = {},
): SelectedEntry {
  const { entry: picked, truncated } = cutLists(trimEntry(entry, shape), shape, limit, known);
  const all = { ...ofReferences({ ...known, ...truncatedOf(entry) }, shape), ...truncated };
  return { entry: picked, ...(Object.keys(all).length > 0 && { truncated: all }) };
}

/** The entries that use a file are no relation: their list is not cut here. */
function ofReferences(
  counts: Readonly<Record<string, number>>,
  { fields }: EntryShape,
): Record<string, number> {
  const names = new Set(fields.flatMap(({ name, kind }) => (kind === 'references' ? [name] : [])));
  return Object.fromEntries(Object.entries(counts).filter(([path]) => names.has(path)));
}

/** Why an entry could not be told in full: it was captured before its fields were chosen. */
const notRead = 'fields_not_read: the event is older than the choice of its fields';

/**
 * `data` of an event that tells an entry, with the ticked fields of it: those of `previous` and `changedFields` alike, so
 * that nothing is told of the others.
 *
 * @param whole the shape of the entry in `data`
 * @param selected what was read for trees beyond that; null if nothing was
 */
export function pickedData(
  data: ContentEventData,
  { shape, whole, selected }: { shape: EntryShape; whole: EntryShape; selected: Selected | null },
): Record<string, unknown> {
  const { truncated, thin, ...told } = data;
  const names = new Set(shape.fields.map(({ name }) => name));
  const { reason, source } = sourceOf(
    { entry: told.entry, truncated, thin },
    selected,
    isWithin(shape, whole),
  );
  const picked = pickedEntry(source.entry, shape, Infinity, source.truncated);
  const content = contentEventData({
    ...told,
    entry: reason === undefined ? picked.entry : presentOf(source.entry, picked.entry),
    changedFields: told.changedFields?.filter((name) => names.has(name)) ?? null,
    previous: isEntry(told.previous)
      ? cutLists(trimPart(told.previous, shape), shape, Infinity).entry
      : told.previous,
    ...(picked.truncated && { truncated: picked.truncated }),
    ...(reason !== undefined && { thin: reason }),
  });
  return { ...content, ...beyondContent({ ...data }) };
}

/** What is picked from: what was read for trees, or the entry of the event itself. */
function sourceOf(
  {
    entry,
    truncated,
    thin,
  }: { entry: Entry; truncated: Record<string, number> | undefined; thin: string | undefined },
  selected: Selected | null,
  isEnough: boolean,
): { source: SelectedEntry; reason: string | undefined } {
  if (selected && 'entry' in selected) return { source: selected, reason: undefined };
  const source = { entry: { ...entry }, ...(truncated && { truncated }) };
  if (thin !== undefined || isEnough) return { source, reason: thin };
  return { source, reason: selected?.thin ?? notRead };
}

/** Of an entry that is not told in full: only what is known of it. */
const presentOf = (source: Entry, picked: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(picked).filter(([name]) => Object.hasOwn(source, name)));
