import { errors } from '@strapi/utils';
import type { EntryReference } from '../../../contracts';
import { reasonOf } from '../reason';
import type { Row, Rows, Told } from '../capture/rows';
import type { Catalog, ContentEventData, Entry, Links, TypePlan } from '../catalog/types';
import type { ContentAction } from '../conditions/types';
import { invalid, problem } from './validate';

export interface EntryBodyDeps {
  catalog(): Catalog;
  rows: Rows;
  links(): Links;
  /** The entry with the addresses of private files signed. */
  signed(uid: string, entry: Entry): Promise<Entry>;
  contentData(input: ContentEventData): Record<string, unknown>;
  compose(input: { type: string; timestamp: string; data: unknown }): string;
  now(): number;
  maxBodyBytes: number;
}

/** The body that an event of this type has for an entry as it is now. */
export interface EntryBody {
  body: string;
  uid: string;
  documentId: string;
  locale: string | null;
  status: 'draft' | 'published';
}

/** These tell of what is live, and of nothing else. */
const ofLive: ReadonlySet<ContentAction> = new Set<ContentAction>(['published', 'unpublished']);

/** When an event of this type happens: by its rule, or as the action of the content itself. */
function actionsOf(plan: TypePlan, type: string): readonly ContentAction[] {
  const mapped = plan.mapped.find((candidate) => candidate.type === type);
  if (mapped) return mapped.rule.flatMap(({ on }) => on);
  const own = Object.entries(plan.content).find(([, name]) => name === type)?.[0] as
    ContentAction | undefined;
  return [own ?? 'updated'];
}

/**
 * Makes the body of an event from a real entry, by the code that makes those of real changes: for tests with real
 * data and for *trigger now*. Throws a ValidationError that names `eventType` or `entry`.
 */
export function createEntryBody(deps: EntryBodyDeps) {
  /** The version that such an event tells of. A draft stands in for nothing that is live. */
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
    if (mapped) return built(() => mapped.build(entry, deps.links()));
    const code = deps.catalog().code(type)?.fromEntry;
    if (code?.uid === plan.uid) return built(() => code.build(entry, {}, deps.links()));
    if (!Object.values(plan.content).includes(type)) return null;
    return deps.contentData({
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

  return async (type: string, reference: EntryReference): Promise<EntryBody> => {
    const plan = deps.catalog().plan(reference.uid);
    if (!plan) throw invalid([problem(['entry', 'uid'], `${reference.uid} gives no events`)]);
    const row = await read(plan, reference, actionsOf(plan, type));
    const entry = await deps.signed(plan.uid, await deps.rows.sanitised(plan.uid, row));
    const data = dataOf(plan, type, row, deps.rows.told(plan, row, entry));
    if (data === null) throw invalid([problem(['eventType'], `${type} is no event of ${plan.uid}`)]);
    const body = deps.compose({ type, timestamp: new Date(deps.now()).toISOString(), data });
    if (Buffer.byteLength(body) > deps.maxBodyBytes) {
      throw invalid([problem(['entry'], `is larger than ${deps.maxBodyBytes} bytes`)]);
    }
    return {
      body,
      uid: plan.uid,
      documentId: row.documentId,
      locale: row.locale ?? null,
      status: deps.rows.statusOf(plan.uid, row),
    };
  };
}

/** The site builder's function may fail on this entry: whoever asks by hand is told so. */
function built(build: () => Record<string, unknown>): Record<string, unknown> {
  try {
    return build();
  } catch (error) {
    throw invalid([problem(['entry'], `its payload cannot be built: ${reasonOf(error)}`)]);
  }
}

export type EntryBodyOf = ReturnType<typeof createEntryBody>;
