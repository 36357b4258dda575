import type { Actor, CaptureGuarantee } from '../../../contracts';
import { contentEventData } from '../catalog';
import type { Entry, Links, MappedEvent, SelectedEntry, TypePlan } from '../catalog';
import { evaluate, facts, plain } from '../conditions';
import { eventBody, selectedText, snapshotLimit } from '../payload';
import type { NewEvent } from '../store/events';
import type { Change } from './change';
import { changedFields } from './compare';
import type { CoreEntryOf } from './core-entry';
import type { Interest } from './interest';
import { contentTelling } from './publication';
import type { Publications } from './publication';
import type { Log } from '../log';
import { reasonOf } from '../reason';
import { thinReason } from '../thin-reason';
import type { ReadChange } from './read-change';
import type { Row, Rows } from '../content';
import { shownBefore } from '../content';
import { shownWithin } from './shown-rows';
import { storedFacts } from './stored-facts';

export interface WriterDeps {
  interest: Interest;
  rows: Rows;
  links(): Links;
  log: Pick<Log, 'warn'>;
  coreEntryOf: CoreEntryOf;
  newMessageId(): string;
  now(): number;
  maxBodyBytes: number;
  /** All texts of an event together: what one statement of the database certainly holds. */
  maxEventBytes: number;
}

/** The common values of all events of one operation. */
export interface Origin {
  actor: Actor;
  transactionId: string | null;
  /** Of the transaction; null outside of one of the document service. */
  publications: Publications | null;
  guarantee: CaptureGuarantee;
  cause: string | null;
}

/** The content of the event: sanitised. */
interface Told {
  entry: Entry | null;
  truncated?: Record<string, number>;
  /** What trees of webhooks tell of it. */
  selected: SelectedEntry | null;
  previous: Record<string, unknown> | null;
  changed: string[] | null;
  problem: string | null;
}

const untold = { entry: null, selected: null, previous: null, changed: null } as const;

/** Turns changes into event rows. The content is saved in any case: the last resort is the thin form. */
export function createEventWriter(deps: WriterDeps) {
  /** The reason is for the log alone: an error of the app's own code may hold anything. */
  const failed = (uid: string, what: string, error: unknown): void =>
    deps.log.warn(`event-webhooks: ${what} of ${uid} is told in the thin form: ${reasonOf(error)}`);

  const tell = async (plan: TypePlan, read: ReadChange, names: string[] | null): Promise<Told> => {
    const { change, before, after } = read;
    const subject = change.action === 'deleted' || change.action === 'unpublished' ? before : after;
    if (subject === null) return { ...untold, problem: read.problem ?? 'not_found' };
    try {
      const entry = await deps.rows.sanitised(plan.uid, subject);
      const selected = deps.rows.selected(plan, subject, entry);
      const now = { ...deps.rows.told(plan, subject, entry), selected };
      if (names === null || before === null)
        return { ...now, previous: null, changed: null, problem: read.problem };
      // The same sanitiser is used for the previous values: the name of a private field is confidential too.
      const old = deps.rows.told(plan, before, await deps.rows.sanitised(plan.uid, before)).entry;
      const open = names.filter((name) => name in now.entry || name in old);
      const known = open.filter((name) => !read.lost?.has(name));
      return { ...now, changed: open, previous: pick(plan.trim(old), known), problem: read.problem };
    } catch (error) {
      failed(plan.uid, 'an entry', error);
      return { ...untold, problem: thinReason.notRead };
    }
  };

  const row = (
    type: string,
    read: ReadChange,
    told: Told,
    { publications, ...origin }: Origin,
    text: BodyText,
    telling = type,
  ): NewEvent => ({
    ...(publications?.idsOf(read.change, telling) ?? { messageId: deps.newMessageId(), publishedAs: null }),
    type,
    occurredAt: deps.now(),
    body: text.body,
    snapshot: text.snapshot,
    coreEntry: null,
    selected: null,
    thinReason: text.thinReason,
    uid: null,
    documentId: read.change.documentId,
    locale: read.change.locale,
    status: read.change.status,
    changedFields: told.changed,
    facts: null,
    shownBy: null,
    actor: origin.actor,
    transactionId: origin.transactionId,
    guarantee: origin.guarantee,
    cause: origin.cause,
  });

  const thinData = (plan: TypePlan, read: ReadChange, told: Told, reason: string) =>
    contentEventData({
      ...identity(plan, read.change),
      entry: { documentId: read.change.documentId, ...openFacts(plan, read, told) },
      changedFields: told.changed,
      previous: null,
      thin: reason,
    });

  const compose = (type: string, data: unknown): string => eventBody(type, deps.now(), data);

  /** Builds the body, or the thin one if that fails or is too large. */
  const bodyOf = (
    plan: TypePlan,
    type: string,
    read: ReadChange,
    told: Told,
    build: () => unknown,
  ): BodyText => {
    const thin = (reason: string): BodyText => ({
      body: compose(type, thinData(plan, read, told, reason)),
      snapshot: null,
      thinReason: reason,
    });
    if (told.entry === null) return thin(told.problem ?? 'unknown');
    try {
      const body = compose(type, build());
      const bytes = Buffer.byteLength(body);
      if (bytes > deps.maxBodyBytes)
        return thin(`too_large: ${bytes} bytes, the limit is ${deps.maxBodyBytes}`);
      return { body, snapshot: null, thinReason: null };
    } catch (error) {
      failed(plan.uid, type, error);
      return thin(thinReason.notBuilt);
    }
  };

  /**
   * The input of the site builder's function at matching. The function never runs here, however large the
   * entry is: the snapshot can be larger than a body, because the function may use little of it.
   */
  const snapshotOf = (plan: TypePlan, mapped: MappedEvent, read: ReadChange, told: Told): BodyText => {
    const { type, payload } = mapped;
    // What is made on the screen may be changed or deleted before it is built.
    const snapshot = JSON.stringify({ uid: plan.uid, entry: told.entry, payload });
    const bytes = Buffer.byteLength(snapshot);
    const limit = snapshotLimit(deps);
    if (bytes <= limit) return { body: null, snapshot, thinReason: null };
    const reason = `too_large: the entry has ${bytes} bytes, the limit for a payload function is ${limit}`;
    return { body: compose(type, thinData(plan, read, told, reason)), snapshot: null, thinReason: reason };
  };

  /** What webhooks with trees are sent, where it is more than the body tells. */
  const selectedOf = (plan: TypePlan, { change }: ReadChange, { selected }: Told, text: BodyText) =>
    selectedText({
      ...{ reading: plan.read[change.status], selected, limits: deps },
      ...{ isThin: text.thinReason !== null, body: text.body },
    });

  const contentEvent = async (
    plan: TypePlan,
    read: ReadChange,
    told: Told,
    origin: Origin,
  ): Promise<NewEvent[]> => {
    const type = plan.content[read.change.action];
    if (!type || !deps.interest.wants(type)) return [];
    const text = bodyOf(plan, type, read, told, () =>
      contentEventData({
        ...identity(plan, read.change),
        entry: plan.trim(told.entry ?? {}),
        changedFields: told.changed,
        previous: told.previous,
        ...(told.truncated && { truncated: within(told.truncated, plan) }),
      }),
    );
    const selected = selectedOf(plan, read, told, text);
    const taken = bytesOf(text.body) + bytesOf(selected);
    const coreEntry = await deps.coreEntryOf(plan, type, read, taken);
    const event = row(type, read, told, origin, text, contentTelling);
    return [{ ...event, uid: plan.uid, coreEntry, selected }];
  };

  const mappedEvent = (
    plan: TypePlan,
    mapped: MappedEvent,
    read: ReadChange,
    told: Told,
    origin: Origin,
  ): NewEvent[] => {
    if (!deps.interest.wants(mapped.type)) return [];
    const verdict = evaluate(mapped.rule, {
      action: read.change.action,
      before: facts(plan.judged, mapped.fields, read.before),
      after: facts(plan.judged, mapped.fields, read.after ?? (read.change.known as Row)),
      change: {
        locale: read.change.locale,
        status: read.change.status,
        actor: origin.actor,
        occurredAt: deps.now(),
        changedFields: told.changed,
      },
    });
    if (verdict.holds === false) return [];
    const judged: Told =
      verdict.holds === 'unknown'
        ? { ...told, entry: null, selected: null, problem: `condition unknown: ${verdict.because}` }
        : told;
    if (mapped.deferred && judged.entry !== null) {
      const text = snapshotOf(plan, mapped, read, judged);
      return [{ ...row(mapped.type, read, told, origin, text), uid: plan.uid }];
    }
    const text = bodyOf(plan, mapped.type, read, judged, () =>
      mapped.build(judged.entry ?? {}, deps.links(), judged.truncated),
    );
    const selected = mapped.followsTrees ? selectedOf(plan, read, judged, text) : null;
    return [{ ...row(mapped.type, read, told, origin, text), uid: plan.uid, selected }];
  };

  return {
    tellsNothing,

    /**
     * Event rows of these changes: the content event if a webhook is subscribed, and each business event
     * whose rule is met.
     */
    async events(plan: TypePlan, changes: readonly ReadChange[], origin: Origin): Promise<NewEvent[]> {
      const rows: NewEvent[] = [];
      for (const read of changes) {
        const names = comparedNames(plan, read);
        if (isNothing(read, names)) continue;
        const told = await tell(plan, read, names);
        const facts = storedFacts(plan, read);
        const events = [
          ...(await contentEvent(plan, read, told, origin)),
          ...plan.mapped.flatMap((mapped) => mappedEvent(plan, mapped, read, told, origin)),
        ];
        const shownBy = read.before?.[shownBefore] ?? null;
        const besides = (event: NewEvent) =>
          shownBy && shownWithin(shownBy, deps.maxEventBytes - textBytes(event));
        rows.push(...events.map((event) => ({ ...event, facts, shownBy: besides(event) })));
      }
      return rows;
    },
  };
}

export type EventWriter = ReturnType<typeof createEventWriter>;

interface BodyText {
  body: string | null;
  snapshot: string | null;
  thinReason: string | null;
}

const bytesOf = (text: string | null): number => (text === null ? 0 : Buffer.byteLength(text));

const textBytes = ({ body, snapshot, selected, coreEntry }: NewEvent): number =>
  [body, snapshot, selected, coreEntry].reduce((sum, text) => sum + bytesOf(text), 0);

const identity = (plan: TypePlan, change: Change) => ({
  uid: plan.uid,
  model: plan.typeName,
  documentId: change.documentId,
  locale: change.locale,
  status: change.status,
});

const pick = (entry: Entry, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(names.map((name) => [name, entry[name] ?? null]));

/** Names of changed fields, or null if there is nothing to compare with. */
function comparedNames(plan: TypePlan, { change, before, after, unread }: ReadChange): string[] | null {
  if (change.action !== 'updated' && change.action !== 'published') return null;
  return before && after ? changedFields(plan.comparable, before, after, unread) : null;
}

/** Whether it is an update without a public change: of a private field, or with the same values. */
const isNothing = ({ change }: ReadChange, names: string[] | null): boolean =>
  change.action === 'updated' && names?.length === 0;

const tellsNothing = (plan: TypePlan, read: ReadChange): boolean =>
  isNothing(read, comparedNames(plan, read));

/** The truncated lists that are part of this event. */
function within(truncated: Record<string, number>, plan: TypePlan): Record<string, number> {
  return Object.fromEntries(
    Object.entries(truncated).filter(([path]) => (path.split('.')[0] ?? '') in plan.contentPopulate),
  );
}

/** For the thin form: the scalars used by active rules, as far as known and public. */
function openFacts(plan: TypePlan, read: ReadChange, told: Told): Record<string, unknown> {
  const names = new Set(plan.mapped.flatMap((mapped) => mapped.fields));
  const source = told.entry ?? read.after ?? read.before ?? read.change.known;
  const scalars = plan.comparable.filter(({ name, kind }) => kind === 'scalar' && names.has(name));
  return Object.fromEntries(
    scalars.flatMap(({ name }) => {
      const value = plain((source as Row)[name]);
      return value === undefined || (typeof value === 'object' && value !== null) ? [] : [[name, value]];
    }),
  );
}
