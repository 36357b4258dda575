import { versionKey } from './content';
import type { Content, Reader, Status, Values, Version } from './content';

/** What a change was about: a document, and the locales of it that were asked for. */
export interface Touch {
  uid: string;
  documentId: string;
  /** Null where the type is not localised or all of them were meant. */
  locale: string | null;
  publishes?: boolean;
  discards?: boolean;
}

/** A change of a few fields of one version; of two at once each must be told. */
export interface Patch {
  uid: string;
  documentId: string;
  locale: string | null;
  status: Status;
  fields: Values;
}

export interface ExpectedEvent {
  type: string;
  uid: string;
  documentId: string;
  locale: string | null;
  status: Status;
  entry: Values;
  /** Null where there was nothing to compare with. */
  changed: string[] | null;
  previous: Values | null;
  copied: boolean;
}

const modelOf = (uid: string): string => uid.split('.').at(-1) ?? uid;

const event = (
  action: string,
  version: Version,
  compared: { changed: string[]; previous: Values } | null = null,
  copied = false,
): ExpectedEvent => ({
  ...{ uid: version.uid, documentId: version.documentId, locale: version.locale, status: version.status },
  type: `${modelOf(version.uid)}.${action}`,
  entry: version.told,
  changed: compared?.changed ?? null,
  previous: compared?.previous ?? null,
  copied,
});

interface Pair {
  before: Version | undefined;
  after: Version | undefined;
}

/** The events that a change of these documents must give, by what there was before and is after it. */
export function expectedEvents(
  reader: Reader,
  before: Content,
  after: Content,
  touches: readonly Touch[],
): ExpectedEvent[] {
  return touches.flatMap((touch) => {
    const all = [...before.values(), ...after.values()].filter(
      ({ uid, documentId }) => uid === touch.uid && documentId === touch.documentId,
    );
    const locales = [...new Set(all.map(({ locale }) => locale))];
    return locales.flatMap((locale) => {
      const find = (content: Content, status: Status) =>
        [...content.values()].find(
          (one) =>
            one.uid === touch.uid &&
            one.documentId === touch.documentId &&
            one.locale === locale &&
            one.status === status,
        );
      const pair = (status: Status): Pair => ({ before: find(before, status), after: find(after, status) });
      const meant = touch.locale === null || touch.locale === locale;
      const live = pair('published');
      if (!reader.hasDrafts(touch.uid)) return meant ? ofWorkingVersion(reader, live) : copy(reader, live);
      const draft = pair('draft');
      if (!meant) return [...copy(reader, draft), ...copy(reader, live)];
      return ofDraftAndPublished(reader, touch, draft, live);
    });
  });
}

function compare(reader: Reader, before: Version, after: Version) {
  const changed = reader.changedNames(after.uid, before.told, after.told);
  return { changed, previous: Object.fromEntries(changed.map((name) => [name, before.told[name]])) };
}

function ofWorkingVersion(reader: Reader, { before, after }: Pair): ExpectedEvent[] {
  if (!before) return after ? [event('created', after)] : [];
  if (!after) return [event('deleted', before)];
  const compared = compare(reader, before, after);
  return compared.changed.length > 0 ? [event('updated', after, compared)] : [];
}

function ofDraftAndPublished(reader: Reader, touch: Touch, draft: Pair, live: Pair): ExpectedEvent[] {
  const gone = live.before ?? draft.before;
  if (!draft.after && !live.after) return gone ? [event('deleted', gone)] : [];
  const events =
    touch.discards && draft.after && live.before
      ? [event('draft_discarded', draft.after)]
      : ofWorkingVersion(reader, draft);
  if (live.before && !live.after) events.push(event('unpublished', live.before));
  if (touch.publishes && live.after && live.after.rowId !== live.before?.rowId) {
    events.push(
      event('published', live.after, live.before ? compare(reader, live.before, live.after) : null),
    );
  }
  return events;
}

/** What i18n copies to the other locales of a document. */
function copy(reader: Reader, { before, after }: Pair): ExpectedEvent[] {
  if (!before && !after) return [];
  if (!before || !after) throw new Error('a locale that was not meant came or went');
  const compared = compare(reader, before, after);
  if (compared.changed.length === 0) return [];
  const action = reader.hasDrafts(after.uid) && after.status === 'published' ? 'published' : 'updated';
  return [event(action, after, compared, true)];
}

/** The `updated` events of these patches, made one after the other, and the versions as they are at the end. */
export function inTurn(
  reader: Reader,
  before: Content,
  patches: readonly Patch[],
): { events: ExpectedEvent[]; end: Version[] } {
  const events: ExpectedEvent[] = [];
  const now = new Map<string, Version>();
  for (const { fields, ...which } of patches) {
    const key = versionKey(which);
    const old = now.get(key) ?? before.get(key);
    if (!old) throw new Error('two at once change only what is there');
    const fresh = { ...old, told: { ...old.told, ...fields } };
    const compared = compare(reader, old, fresh);
    if (compared.changed.length > 0) events.push(event('updated', fresh, compared));
    now.set(key, fresh);
  }
  return { events, end: [...now.values()] };
}
