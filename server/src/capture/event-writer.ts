import type { Actor, CaptureGuarantee } from '../../../contracts';
import type { Catalog, ContentEventData, Entry, Links, MappedEvent, TypePlan } from '../catalog/types';
import type { ChangeFacts, Rule, Verdict } from '../conditions/types';
import type { NewEvent } from '../store/events';
import type { Change } from './change';
import type { Apart } from './compare';
import { changedFields, facts } from './compare';
import type { Interest } from './interest';
import { reasonOf } from './reason';
import type { Row, Rows } from './rows';

export interface WriterDeps {
  catalog(): Catalog;
  interest: Interest;
  rows: Rows;
  evaluate(rule: Rule, change: ChangeFacts): Verdict;
  links(): Links;
  /** The `data` of a content event; the same builder makes the samples. */
  contentData(input: ContentEventData & { thin?: string }): Record<string, unknown>;
  /** The exact text of the `standard` body. */
  compose(input: { type: string; timestamp: string; data: unknown }): string;
  newMessageId(): string;
  now(): number;
  maxBodyBytes: number;
}

/** What is common to all events of one operation. */
export interface Origin {
  actor: Actor;
  transactionId: string | null;
  guarantee: CaptureGuarantee;
  cause: string | null;
}

/** A change with the rows it is told from. `after` is null where it could not be read: then `problem` says why. */
export interface ReadChange extends Apart {
  change: Change;
  before: Row | null;
  after: Row | null;
  problem: string | null;
  /** Names of what changed, where they are known although the past row is not. */
  changedNames?: readonly string[];
}

/** What the event tells: sanitised. */
interface Told {
  entry: Entry | null;
  previous: Record<string, unknown> | null;
  changed: string[] | null;
  problem: string | null;
}

/** Turns changes into event rows. Whatever happens here, the content is saved: the last resort is the thin form. */
export function createEventWriter(deps: WriterDeps) {
  const tell = async (plan: TypePlan, read: ReadChange): Promise<Told> => {
    const { change, before, after } = read;
    const subject = change.action === 'deleted' || change.action === 'unpublished' ? before : after;
    const names = comparedNames(plan, read);
    if (subject === null)
      return { entry: null, previous: null, changed: null, problem: read.problem ?? 'not_found' };
    try {
      const entry = await deps.rows.sanitised(plan.uid, subject);
      if (names === null) return { entry, previous: null, changed: null, problem: read.problem };
      if (before === null) {
        return {
          entry,
          previous: null,
          changed: names.filter((name) => name in entry),
          problem: read.problem,
        };
      }
      // The same sanitiser decides what may be told of the past: a private field's name is a secret too.
      const old = await deps.rows.sanitised(plan.uid, before);
      const open = names.filter((name) => name in entry || name in old);
      const known = open.filter((name) => !read.unread?.has(name));
      return { entry, changed: open, previous: pick(old, known), problem: read.problem };
    } catch (error) {
      return { entry: null, previous: null, changed: null, problem: reasonOf(error) };
    }
  };

  const row = (type: string, read: ReadChange, told: Told, origin: Origin, text: BodyText): NewEvent => ({
    messageId: deps.newMessageId(),
    type,
    occurredAt: deps.now(),
    body: text.body,
    snapshot: text.snapshot,
    thinReason: text.thinReason,
    uid: null,
    documentId: read.change.documentId,
    locale: read.change.locale,
    status: read.change.status,
    changedFields: told.changed,
    actor: origin.actor,
    transactionId: origin.transactionId,
    guarantee: origin.guarantee,
    cause: origin.cause,
  });

  const thinData = (plan: TypePlan, read: ReadChange, told: Told, reason: string) =>
    deps.contentData({
      ...identity(plan, read.change),
      entry: { documentId: read.change.documentId, ...openFacts(plan, read, told) },
      changedFields: told.changed,
      previous: null,
      thin: reason,
    });

  const compose = (type: string, data: unknown): string =>
    deps.compose({ type, timestamp: new Date(deps.now()).toISOString(), data });

  /** Composes the body, or the thin one where that fails or is too large. */
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
      return thin(reasonOf(error));
    }
  };

  /**
   * What the site builder's function is given at matching. It never runs here, however large the entry is: the snapshot
   * may be larger than a body, for the function may well tell little of it.
   */
  const snapshotOf = (plan: TypePlan, type: string, read: ReadChange, told: Told): BodyText => {
    const snapshot = JSON.stringify({ uid: plan.uid, entry: told.entry });
    const bytes = Buffer.byteLength(snapshot);
    const limit = snapshotLimit(deps.maxBodyBytes);
    if (bytes <= limit) return { body: null, snapshot, thinReason: null };
    const reason = `too_large: the entry has ${bytes} bytes, the limit for a payload function is ${limit}`;
    return { body: compose(type, thinData(plan, read, told, reason)), snapshot: null, thinReason: reason };
  };

  const contentEvent = (plan: TypePlan, read: ReadChange, told: Told, origin: Origin): NewEvent[] => {
    const type = plan.content[read.change.action];
    if (!type || !deps.interest.wants(type)) return [];
    const text = bodyOf(plan, type, read, told, () =>
      deps.contentData({
        ...identity(plan, read.change),
        entry: plan.trim(told.entry ?? {}),
        changedFields: told.changed,
        previous: told.previous,
      }),
    );
    return [{ ...row(type, read, told, origin, text), uid: plan.uid }];
  };

  const mappedEvent = (
    plan: TypePlan,
    mapped: MappedEvent,
    read: ReadChange,
    told: Told,
    origin: Origin,
  ): NewEvent[] => {
    if (!deps.interest.wants(mapped.type)) return [];
    const verdict = deps.evaluate(mapped.rule, {
      action: read.change.action,
      before: facts(mapped.fields, read.before),
      after: facts(mapped.fields, read.after ?? (read.change.known as Row)),
    });
    if (verdict.holds === false) return [];
    const judged: Told =
      verdict.holds === 'unknown'
        ? { ...told, entry: null, problem: `condition unknown: ${verdict.because}` }
        : told;
    if (mapped.deferred && judged.entry !== null) {
      const text = snapshotOf(plan, mapped.type, read, judged);
      return [{ ...row(mapped.type, read, told, origin, text), uid: plan.uid }];
    }
    const text = bodyOf(plan, mapped.type, read, judged, () =>
      mapped.build(judged.entry ?? {}, deps.links()),
    );
    return [{ ...row(mapped.type, read, told, origin, text), uid: plan.uid }];
  };

  return {
    /** Event rows of these changes: the content event where it is wanted, and each business event whose rule holds. */
    async events(plan: TypePlan, changes: readonly ReadChange[], origin: Origin): Promise<NewEvent[]> {
      const rows: NewEvent[] = [];
      for (const read of changes) {
        const told = await tell(plan, read);
        rows.push(
          ...contentEvent(plan, read, told, origin),
          ...plan.mapped.flatMap((mapped) => mappedEvent(plan, mapped, read, told, origin)),
        );
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

/** Eight bodies, but no more than what one statement of every database takes with ease; never less than one. */
const snapshotLimit = (maxBodyBytes: number): number =>
  Math.max(maxBodyBytes, Math.min(8 * maxBodyBytes, 8 * 1024 * 1024));

const identity = (plan: TypePlan, change: Change) => ({
  uid: plan.uid,
  model: plan.typeName,
  documentId: change.documentId,
  locale: change.locale,
  status: change.status,
});

const pick = (entry: Entry, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(names.map((name) => [name, entry[name] ?? null]));

/** Names that changed, or null where there is nothing to compare with. */
function comparedNames(plan: TypePlan, read: ReadChange): string[] | null {
  const { change, before, after } = read;
  if (read.changedNames) return [...read.changedNames];
  if (change.action !== 'updated' && change.action !== 'published') return null;
  return before && after ? changedFields(plan.comparable, before, after, read) : null;
}

/** For the thin form: the scalars that live rules name, as far as they are known and not private. */
function openFacts(plan: TypePlan, read: ReadChange, told: Told): Record<string, unknown> {
  const names = [...new Set(plan.mapped.flatMap((mapped) => mapped.fields))];
  const open = new Set(plan.comparable.filter(({ kind }) => kind === 'scalar').map(({ name }) => name));
  const source = told.entry ?? read.after ?? read.before ?? read.change.known;
  return (
    facts(
      names.filter((name) => open.has(name)),
      source as Row,
    ) ?? {}
  );
}
