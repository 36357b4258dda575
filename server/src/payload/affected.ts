import { createHash } from 'node:crypto';
import { showingLimits } from '../../../contracts';
import type { AffectedBecause, FieldTree } from '../../../contracts';
import { affectedEventData } from '../catalog';
import type { Catalog, Entry, TypePlan } from '../catalog';
import type { Row, Rows } from '../content';
import type { Log } from '../log';
import { reasonOf } from '../reason';
import { thinReason } from '../thin-reason';
import { isTransient } from '../store/connection';
import { othersTurn } from '../store/others-turn';
import { partsOf } from '../store/statements';
import type { NewEvent, StoredShowing, WaitingEvent } from '../store/events';
import { selectedText } from './selected';
import type { TextLimits } from './selected';
import { eventBody } from './standard';

export interface AffectedDeps extends TextLimits {
  catalog(): Catalog;
  rows: Rows;
  now(): number;
  log: Pick<Log, 'warn'>;
}

type Showing = StoredShowing['entries'][number];

/** The subscribed event types, each with the trees of webhooks that choose fields of its entries. */
export type Wanted = ReadonlyMap<string, readonly FieldTree[]>;

type Texts = Pick<NewEvent, 'body' | 'thinReason' | 'selected'>;

/** In place of an entry that could not be read. */
const unread = Symbol('unread');

/** Entries that are read at once. */
const readAtOnce = 20;

/** Bodies of one change's events; those beyond it are told in the thin form. */
const bytesAtMost = 16 * 1024 * 1024;

/** `cause` of the event rows that follow from a change of another entry. */
export const affectedCause = 'affected';

/**
 * The events of the entries that show what changed, each with the entry as it is now. An event has the same id whenever
 * it is made of the same change, so that it is written once.
 */
export function createAffectedEvents(deps: AffectedDeps) {
  const keyOf = ({ documentId, locale }: Pick<Showing, 'documentId' | 'locale'>): string =>
    `${documentId}:${locale ?? ''}`;

  /** The reason is for the log alone. */
  const failed = ({ uid }: TypePlan, error: unknown): void =>
    deps.log.warn(`event-webhooks: an affected entry of ${uid} is told in the thin form: ${reasonOf(error)}`);
  const unreadAs = (plan: TypePlan, error: unknown): typeof unread => {
    failed(plan, error);
    return unread;
  };

  const read = async (plan: TypePlan, entries: readonly Showing[]): Promise<Map<string, Row>> => {
    const published = deps.catalog().ways.hasDrafts(plan.uid) ? { publishedAt: { $notNull: true } } : {};
    const documentId = { $in: [...new Set(entries.map((entry) => entry.documentId))] };
    const rows = await deps.rows.whole(plan, { documentId, ...published }, 'published', new Set());
    return new Map(rows.map((row) => [keyOf({ ...row, locale: row.locale ?? null }), row]));
  };

  /**
   * Of each entry its row, or why it cannot be read: one of a batch must not cost the others. Throws what the database
   * goes through, which may be over later; with `isLast` it is the reason.
   */
  const readEach = async (
    plan: TypePlan,
    entries: readonly Showing[],
    isLast: boolean,
  ): Promise<Map<string, Row | typeof unread>> => {
    try {
      return await read(plan, entries);
    } catch (error) {
      const isState = isTransient(error);
      if (isState && !isLast) throw error;
      if (isState || entries.length === 1)
        return new Map(entries.map((one) => [keyOf(one), unreadAs(plan, error)]));
      const found = new Map<string, Row | typeof unread>();
      for (const one of entries)
        for (const [key, row] of await readEach(plan, [one], isLast)) found.set(key, row);
      return found;
    }
  };

  const bodyOf = async (
    plan: TypePlan,
    type: string,
    { documentId, locale }: Showing,
    row: Row | typeof unread | undefined,
    because: AffectedBecause,
    room: number,
  ): Promise<Texts> => {
    const compose = (
      entry: Record<string, unknown>,
      more: { truncated?: Record<string, number>; thin?: string },
    ) =>
      eventBody(
        type,
        deps.now(),
        affectedEventData(
          {
            ...{ uid: plan.uid, model: plan.typeName, documentId, locale },
            ...{ status: 'published', entry, ...more },
          },
          [because],
        ),
      );
    const thin = (reason: string) => ({
      body: compose({ documentId }, { thin: reason }),
      thinReason: reason,
      selected: null,
    });
    if (row === undefined) return thin('not_found');
    if (row === unread) return thin(thinReason.notRead);
    if (room <= 0) return thin('too_large: many large entries show what changed');
    try {
      const sanitised: Entry = await deps.rows.sanitised(plan.uid, row);
      const { entry, truncated } = deps.rows.told(plan, row, sanitised);
      const body = compose(plan.trim(entry), truncated === undefined ? {} : { truncated });
      const bytes = Buffer.byteLength(body);
      const isThin = bytes > deps.maxBodyBytes;
      const text = isThin
        ? thin(`too_large: ${bytes} bytes, the limit is ${deps.maxBodyBytes}`)
        : { body, thinReason: null };
      const selected = selectedText({
        ...{ reading: plan.read.published, selected: deps.rows.selected(plan, row, sanitised) },
        ...{ isThin, body: text.body, limits: deps },
      });
      return { ...text, selected };
    } catch (error) {
      failed(plan, error);
      return thin(thinReason.notBuilt);
    }
  };

  return async (
    cause: WaitingEvent,
    showing: StoredShowing,
    wanted: Wanted,
    isLast: boolean,
  ): Promise<NewEvent[]> => {
    const catalog = deps.catalog();
    const events: NewEvent[] = [];
    let room = bytesAtMost;
    const shown = { uid: cause.uid ?? '', documentId: cause.documentId ?? '', locale: cause.locale };
    const model = catalog.plan(shown.uid)?.typeName ?? '';
    const told = showing.entries.slice(0, showingLimits.affected);
    for (const uid of new Set(told.map((entry) => entry.uid))) {
      const found = catalog.plan(uid);
      const type = catalog.affected(uid);
      const trees = type === undefined ? undefined : wanted.get(type);
      if (found === undefined || type === undefined || trees === undefined) continue;
      const plan = found.telling({ draft: trees, published: trees });
      for (const part of partsOf(
        told.filter((entry) => entry.uid === uid),
        readAtOnce,
      )) {
        const rows = room > 0 ? await readEach(plan, part, isLast) : new Map<string, Row>();
        for (const entry of part) {
          const because: AffectedBecause = {
            ...{ type: cause.type, eventId: cause.messageId, uid: shown.uid, model },
            ...{ documentId: shown.documentId, locale: shown.locale, title: showing.title, via: entry.via },
          };
          const text = await bodyOf(plan, type, entry, rows.get(keyOf(entry)), because, room);
          room -= (text.body?.length ?? 0) + (text.selected?.length ?? 0);
          events.push({
            ...text,
            ...{ messageId: idOf(cause, type, entry), type, occurredAt: deps.now(), snapshot: null, uid },
            ...{ documentId: entry.documentId, locale: entry.locale, status: 'published' },
            ...{ changedFields: null, facts: null, shownBy: null, coreEntry: null, actor: cause.actor },
            ...{ transactionId: cause.transactionId, guarantee: cause.guarantee, cause: affectedCause },
          });
        }
        await othersTurn();
      }
    }
    return events;
  };
}

/** The same for the same change and entry. */
function idOf(cause: WaitingEvent, type: string, { documentId, locale }: Showing): string {
  const hash = createHash('sha256').update([cause.messageId, type, documentId, locale ?? ''].join('\n'));
  return `msg_${hash.digest('base64url').replace(/[-_]/g, '').slice(0, 27)}`;
}

export type AffectedEvents = ReturnType<typeof createAffectedEvents>;
