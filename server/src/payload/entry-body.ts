import { errors } from '@strapi/utils';
import type { EntryReference } from '../../../contracts';
import { reasonOf } from '../reason';
import type { EntryReader, Row, Rows, Told } from '../content';
import { contentEventData } from '../catalog';
import type { Catalog, Entry, Links, TypePlan } from '../catalog';
import type { ContentAction } from '../conditions';
import { invalid, problem } from '../validate';
import { standardBody } from './standard';

export interface EntryBodyDeps {
  catalog(): Pick<Catalog, 'plan' | 'code'>;
  rows: Rows;
  links(): Links;
  /** The entry with signed URLs of private files. */
  signed(uid: string, entry: Entry): Promise<Entry>;
  now(): number;
  maxBodyBytes: number;
}

/** The body of an event of this type for the current entry. */
export interface EntryBody {
  /** With the data that the caller may read. */
  body: string;
  /** The data of a real event. */
  wholeBody: string;
  uid: string;
  documentId: string;
  locale: string | null;
  status: 'draft' | 'published';
}

/** These actions concern the published version only. */
const ofLive: ReadonlySet<ContentAction> = new Set<ContentAction>(['published', 'unpublished']);

/** When an event of this type occurs: by its rule, or as the action of the content itself. */
function actionsOf(plan: TypePlan, type: string): readonly ContentAction[] {
  const mapped = plan.mapped.find((candidate) => candidate.type === type);
  if (mapped) return mapped.rule.flatMap(({ on }) => on);
  const own = Object.entries(plan.content).find(([, name]) => name === type)?.[0] as
    ContentAction | undefined;
  return [own ?? 'updated'];
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

  const dataOf = (
    plan: TypePlan,
    type: string,
    row: Row,
    { entry, truncated }: Told,
  ): Record<string, unknown> | null => {
    const mapped = plan.mapped.find((candidate) => candidate.type === type);
    if (mapped) return built(() => mapped.build(entry, deps.links(), truncated));
    const code = deps.catalog().code(type)?.fromEntry;
    if (code?.uid === plan.uid) return built(() => code.build(entry, {}, deps.links()));
    if (!Object.values(plan.content).includes(type)) return null;
    return contentEventData({
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
  };

  const composed = (type: string, timestamp: string, data: Record<string, unknown> | null): string => {
    const body = standardBody({ type, timestamp, data });
    if (Buffer.byteLength(body) > deps.maxBodyBytes) {
      throw invalid([problem(['entry'], `is larger than ${deps.maxBodyBytes} bytes`)]);
    }
    return body;
  };

  return async (type: string, reference: EntryReference, reader: EntryReader): Promise<EntryBody> => {
    const plan = deps.catalog().plan(reference.uid);
    if (!plan) throw invalid([problem(['entry', 'uid'], `${reference.uid} gives no events`)]);
    const row = await read(plan, reference, actionsOf(plan, type));
    const open = await reader.open(plan.uid, row.id);
    if (!open) throw new errors.ForbiddenError('your role may not read this entry');
    const entry = await deps.signed(plan.uid, await deps.rows.sanitised(plan.uid, row));
    const dataWith = (shown: Entry) => dataOf(plan, type, row, deps.rows.told(plan, row, shown));
    const whole = dataWith(entry);
    if (whole === null) throw invalid([problem(['eventType'], `${type} is no event of ${plan.uid}`)]);
    const timestamp = new Date(deps.now()).toISOString();
    return {
      body: composed(type, timestamp, dataWith(await open.readable(entry))),
      wholeBody: composed(type, timestamp, whole),
      uid: plan.uid,
      documentId: row.documentId,
      locale: row.locale ?? null,
      status: deps.rows.statusOf(plan.uid, row),
    };
  };
}

/** The site builder's function may fail for this entry: the caller is told so. */
function built(build: () => Record<string, unknown>): Record<string, unknown> {
  try {
    return build();
  } catch (error) {
    throw invalid([problem(['entry'], `its payload cannot be built: ${reasonOf(error)}`)]);
  }
}

export type EntryBodyOf = ReturnType<typeof createEntryBody>;
