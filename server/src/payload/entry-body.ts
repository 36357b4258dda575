import { errors } from '@strapi/utils';
import type { EntryReference } from '../../../contracts';
import type { Log } from '../log';
import { reasonOf } from '../reason';
import type { CoreEntries, EntryReader, Row, Rows, Told } from '../content';
import { PayloadError, affectedAction, affectedEventData, contentEventData } from '../catalog';
import type { Catalog, Entry, Links, TypePlan } from '../catalog';
import type { ContentAction } from '../conditions';
import { invalid, problem } from '../validate';
import type { BodyFor, Telling, WholeEvent } from './body-for';
import { standardBody } from './standard';

export interface EntryBodyDeps {
  catalog(): Pick<Catalog, 'plan' | 'code' | 'affected'>;
  rows: Rows;
  coreEntries: CoreEntries;
  links(): Links;
  /** The entry with signed URLs of private files. */
  signed(uid: string, entry: Entry): Promise<Entry>;
  bodyFor: Pick<BodyFor, 'of'>;
  now(): number;
  log: Pick<Log, 'warn'>;
  maxBodyBytes: number;
}

/** The body of an event of this type for the current entry, as a webhook is sent it. */
export interface EntryBody {
  /** With the data that the caller may read. */
  body: string;
  /** The data of a real event. */
  wholeBody: string;
  /** The entry as Strapi's own webhook sends it, as far as the caller may read it, and whole; null unless asked for. */
  coreEntry: string | null;
  wholeCoreEntry: string | null;
  uid: string;
  documentId: string;
  locale: string | null;
  status: 'draft' | 'published';
}

/** These actions concern the published version only. */
const ofLive: ReadonlySet<ContentAction> = new Set<ContentAction>(['published', 'unpublished']);

/** The action of the content itself that this type tells; undefined for a business event. */
const ownAction = (plan: TypePlan, type: string): ContentAction | undefined =>
  Object.entries(plan.content).find(([, name]) => name === type)?.[0] as ContentAction | undefined;

/** When an event of this type occurs: by its rule, or as the action of the content itself. */
function actionsOf(plan: TypePlan, type: string): readonly ContentAction[] {
  const mapped = plan.mapped.find((candidate) => candidate.type === type);
  if (mapped) return mapped.rule.flatMap(({ on }) => on);
  // It tells of what is live.
  if (type === `${plan.typeName}.${affectedAction}`) return ['published'];
  return [ownAction(plan, type) ?? 'updated'];
}

/**
 * Builds the body of an event from a real entry, with the code for real changes: for tests with real data and
 * for *trigger now*. Throws a ValidationError that names `eventType` or `entry`, and a ForbiddenError if the
 * caller may not read that entry.
 */
export function createEntryBody(deps: EntryBodyDeps) {
  /** The version in such an event. A draft never replaces a missing published version. */
  const read = async (
    plan: TypePlan,
    { documentId, locale }: EntryReference,
    actions: readonly ContentAction[],
  ): Promise<Row> => {
    const where = { documentId, ...(locale === null ? {} : { locale }) };
    const rows = await deps.rows.snapshot(plan, where);
    const [published, draft] = (['published', 'draft'] as const).map((status) =>
      rows.find((row) => deps.rows.statusOf(plan.uid, row) === status),
    );
    const row = actions.every((action) => ofLive.has(action))
      ? published
      : actions.every((action) => ofLive.has(action) || action === 'deleted')
        ? (published ?? draft)
        : (draft ?? published);
    if (row) return row;
    if (draft) throw invalid([problem(['entry'], 'is not published, and this event tells of what is live')]);
    throw new errors.NotFoundError(`the entry ${plan.uid} ${documentId} does not exist`);
  };

  /** The site builder's function may fail for this entry: the caller is told so, and what it says stands in the log alone. */
  const built = (type: string, build: () => Record<string, unknown>): Record<string, unknown> => {
    try {
      return build();
    } catch (error) {
      deps.log.warn(`event-webhooks: the payload of ${type} cannot be built: ${reasonOf(error)}`);
      const why =
        error instanceof PayloadError ? reasonOf(error) : 'its payload function failed, see the log';
      throw invalid([problem(['entry'], `its payload cannot be built: ${why}`)]);
    }
  };

  const dataOf = (
    plan: TypePlan,
    type: string,
    row: Row,
    { entry, truncated }: Told,
  ): Record<string, unknown> | null => {
    const mapped = plan.mapped.find((candidate) => candidate.type === type);
    if (mapped) return built(type, () => mapped.build(entry, deps.links(), truncated));
    const code = deps.catalog().code(type)?.fromEntry;
    if (code?.uid === plan.uid) return built(type, () => code.build(entry, {}, deps.links()));
    const isAffected = deps.catalog().affected(plan.uid) === type;
    if (!isAffected && !Object.values(plan.content).includes(type)) return null;
    const data = contentEventData({
      uid: plan.uid,
      model: plan.typeName,
      documentId: row.documentId,
      locale: row.locale ?? null,
      status: deps.rows.statusOf(plan.uid, row),
      entry: plan.trim(entry),
      changedFields: null,
      previous: null,
      ...(truncated && { truncated }),
    });
    // Nothing has changed: it is tried by hand.
    return isAffected ? affectedEventData(data, []) : data;
  };

  /** What a webhook with trees is sent may be more than other events of the entry tell, or far less. */
  const planFor = (plan: TypePlan, { fields }: Telling): TypePlan => {
    const tree = fields?.[plan.uid];
    const trees = tree ? [tree] : [];
    return plan.telling({ draft: trees, published: trees });
  };

  const composed = (webhook: Telling, event: WholeEvent): string => {
    const body = deps.bodyFor.of(webhook, event);
    if (Buffer.byteLength(body) > deps.maxBodyBytes) {
      throw invalid([problem(['entry'], `is larger than ${deps.maxBodyBytes} bytes`)]);
    }
    return body;
  };

  /** Null where Strapi has no such event. */
  const coreEntryOf = async (plan: TypePlan, type: string, row: Row): Promise<Entry | null> => {
    const action = ownAction(plan, type);
    if (action === undefined) return null;
    const isGone = action === 'deleted' || action === 'unpublished';
    const read = isGone
      ? deps.coreEntries.bare(plan.uid, row)
      : await deps.coreEntries.present(plan.uid, row.id);
    return read && (await deps.coreEntries.sanitised(plan.uid, read));
  };

  /** The form of Strapi's own webhooks falls back to the entry of the body where it is too large. */
  const storable = (entry: Entry): string | null => {
    const text = JSON.stringify(entry);
    return Buffer.byteLength(text) > deps.maxBodyBytes ? null : text;
  };

  return async (
    type: string,
    reference: EntryReference,
    reader: EntryReader,
    webhook: Telling,
    { asCore }: { asCore: boolean },
  ): Promise<EntryBody> => {
    const found = deps.catalog().plan(reference.uid);
    const plan = found && planFor(found, webhook);
    if (!plan) throw invalid([problem(['entry', 'uid'], `${reference.uid} gives no events`)]);
    const row = await read(plan, reference, actionsOf(plan, type));
    const open = await reader.open(plan.uid, row.id);
    if (!open) throw new errors.ForbiddenError('your role may not read this entry');
    const entry = await deps.signed(plan.uid, await deps.rows.sanitised(plan.uid, row));
    const timestamp = new Date(deps.now()).toISOString();
    const core = asCore ? await coreEntryOf(plan, type, row) : null;
    const bodyWith = (shown: Entry): string => {
      const data = dataOf(plan, type, row, deps.rows.told(plan, row, shown));
      if (data === null) throw invalid([problem(['eventType'], `${type} is no event of ${plan.uid}`)]);
      return composed(webhook, {
        ...{ type, uid: plan.uid, body: standardBody({ type, timestamp, data }) },
        selected: deps.rows.selected(plan, row, shown),
      });
    };
    return {
      body: bodyWith(await open.readable(entry)),
      wholeBody: bodyWith(entry),
      coreEntry: core && storable(await open.readable(core)),
      wholeCoreEntry: core && storable(core),
      uid: plan.uid,
      documentId: row.documentId,
      locale: row.locale ?? null,
      status: deps.rows.statusOf(plan.uid, row),
    };
  };
}

export type EntryBodyOf = ReturnType<typeof createEntryBody>;
