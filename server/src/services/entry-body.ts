import { errors } from '@strapi/utils';
import type { EntryReference } from '../../../contracts';
import { reasonOf } from '../reason';
import type { Row, Rows } from '../capture/rows';
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

/** Actions that tell of the published version, where there is one. */
const ofPublished: ReadonlySet<ContentAction> = new Set<ContentAction>([
  'published',
  'unpublished',
  'deleted',
]);

/**
 * Makes the body of an event from a real entry, by the code that makes those of real changes: for tests with real
 * data and for *trigger now*. Throws a ValidationError that names `eventType` or `entry`.
 */
export function createEntryBody(deps: EntryBodyDeps) {
  const read = async (
    plan: TypePlan,
    { documentId, locale }: EntryReference,
    action: ContentAction,
  ): Promise<Row> => {
    const where = { documentId, ...(locale === null ? {} : { locale }) };
    const rows = await deps.rows.snapshot(plan, where);
    const published = rows.find(({ publishedAt }) => publishedAt !== null);
    const draft = rows.find(({ publishedAt }) => publishedAt === null);
    const row = ofPublished.has(action) ? (published ?? draft) : (draft ?? published);
    if (!row) throw new errors.NotFoundError(`the entry ${plan.uid} ${documentId} does not exist`);
    return row;
  };

  const dataOf = (plan: TypePlan, type: string, row: Row, entry: Entry): Record<string, unknown> | null => {
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
      status: row.publishedAt === null ? 'draft' : 'published',
      entry: plan.trim(entry),
      changedFields: null,
      previous: null,
    });
  };

  return async (type: string, reference: EntryReference): Promise<EntryBody> => {
    const plan = deps.catalog().plan(reference.uid);
    if (!plan) throw invalid([problem(['entry', 'uid'], `${reference.uid} gives no events`)]);
    const action = Object.entries(plan.content).find(([, name]) => name === type)?.[0] as
      ContentAction | undefined;
    const row = await read(plan, reference, action ?? 'updated');
    const entry = await deps.signed(plan.uid, await deps.rows.sanitised(plan.uid, row));
    const data = dataOf(plan, type, row, entry);
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
      status: row.publishedAt === null ? 'draft' : 'published',
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
