import { createHash } from 'node:crypto';
import { sanitize } from '@strapi/utils';
import type { Core, UID } from '@strapi/strapi';
import { reference } from '../catalog';
import type { Entry, NestedList, SelectedEntry, TypePlan } from '../catalog';
import { isPublished } from '../published';
import type { StoredShowing } from '../store/events';
import { innerAt, overfull, withLimits } from './nested-lists';

/** A row as returned by the database: unsanitised, with its keys. */
export interface Row extends Entry {
  id: number;
  documentId: string;
  locale: string | null;
  publishedAt: unknown;
  /** Lists with more members than are read, by their path: `tags`, `category.products`. */
  [beyond]?: Readonly<Record<string, Beyond>>;
  /** Of a row that goes: which entries showed it. */
  [shownBefore]?: StoredShowing;
}

/** What is known of a relation whose members are not all read. */
export interface Beyond {
  count: number;
  /** A digest of all its members, in order; null if they were not read. */
  digest: string | null;
}

/** Key of the members beyond the limit; a symbol, so that it is in no payload. */
export const beyond = Symbol('beyond the limit');

/** The identity of a row: all that has to be known before anything else is read. */
export type RowIdentity = Pick<Row, 'id' | 'documentId' | 'locale' | 'publishedAt'>;

export type Status = 'draft' | 'published';
export type Where = Record<string, unknown>;
type Populate = Record<string, unknown>;
/** Key of who showed a row that goes; a symbol, so that it is in no payload. */
export const shownBefore = Symbol('shown before it went');

type Filters = (input: never) => Record<string, unknown>;

/** The parts that are read with a row. */
interface Reading {
  populate: Populate;
  /** Which related entries are included: those that the content API returns for this status. */
  filters: Filters | undefined;
  /** Lists behind other entries that are read up to a limit. */
  nested: readonly NestedList[];
}

/** What the database layer is asked for. */
type Query = Partial<Pick<Reading, 'populate' | 'filters'>>;

/** The relations of which all members are compared, however many there are. */
export type Exact = ReadonlySet<string> | 'all';

export interface RowsOptions {
  /** How many members of a to-many relation are read and sent. */
  maxRelated: number;
}

/** Reads rows of content, on the ambient transaction if there is one, and sanitises them. */
export function createRows(strapi: Core.Strapi, { maxRelated }: RowsOptions) {
  const readings = new WeakMap<Populate, Map<Status, Reading>>();

  const hasDraftAndPublish = (uid: string): boolean =>
    strapi.contentType(uid as UID.ContentType).options?.draftAndPublish === true;

  const statusOf = (uid: string, row: Pick<Row, 'publishedAt'>): Status =>
    hasDraftAndPublish(uid) && !isPublished(row) ? 'draft' : 'published';

  /** Written as in the API; converted once to the form of the database layer. */
  const readingOf = (
    plan: TypePlan,
    populate: Populate,
    status: Status,
    nested: readonly NestedList[] = [],
  ): Reading => {
    const known = readings.get(populate) ?? new Map<Status, Reading>();
    readings.set(populate, known);
    const made = known.get(status) ?? convert(plan.uid, populate, status, plan.manyRelations, nested);
    known.set(status, made);
    return made;
  };

  const wholeReading = (plan: TypePlan, status: Status): Reading =>
    readingOf(plan, plan.read[status].populate, status, plan.read[status].nested);

  const convert = (
    uid: string,
    populate: Populate,
    status: Status,
    manyRelations: readonly string[],
    nested: readonly NestedList[],
  ): Reading => {
    const query = strapi.get('query-params').transform(uid, { populate, status }) as Partial<Reading>;
    const limited = manyRelations.map((name): [string, unknown] => {
      const part = query.populate?.[name];
      // One more than is sent, to detect that there are more.
      return [name, { ...(typeof part === 'object' ? part : {}), limit: maxRelated + 1 }];
    });
    const all = { ...query.populate, ...Object.fromEntries(limited) };
    return { populate: withLimits(all, nested), filters: query.filters, nested };
  };

  const find = async (uid: string, where: Where, { populate, filters }: Query): Promise<Row[]> =>
    (await strapi.db.query(uid as UID.Schema).findMany({ where, populate, filters } as never)) as Row[];

  const identities = async (uid: string, where: Where): Promise<RowIdentity[]> =>
    (await strapi.db.query(uid as UID.Schema).findMany({
      where,
      select: ['id', 'documentId', 'locale', 'publishedAt'],
      orderBy: { id: 'asc' },
    } as never)) as RowIdentity[];

  /** All members of a relation, by the entries they lead to. */
  const members = async (uid: string, id: number, name: string, filters: Filters | undefined) => {
    const populate = { [name]: { select: ['id', 'documentId', 'locale'] } };
    const [row] = await find(uid, { id }, { populate, filters });
    return ((row?.[name] ?? []) as unknown[]).map(reference);
  };

  /** How many members a relation of these has, by their ids. */
  const countsIn = async (
    uid: string,
    ids: readonly number[],
    name: string,
    filters: Filters | undefined,
  ): Promise<Map<number, number>> => {
    const found = await find(uid, byIds(ids), { populate: { [name]: { count: true } }, filters });
    return new Map(
      found.map((row) => {
        const counted = row[name] as { count?: number } | unknown[] | null | undefined;
        return [row.id, Array.isArray(counted) ? counted.length : Number(counted?.count ?? 0)];
      }),
    );
  };

  /** The true lengths of nested lists that are not read as a whole. */
  const nestedCounts = async (rows: readonly Row[], { nested, filters }: Reading): Promise<NestedCounts> => {
    const counts: NestedCounts = new Map();
    for (const { list, ids } of overfull(rows, nested))
      counts.set(list, await countsIn(list.uid, ids, list.name, filters));
    return counts;
  };

  /** Cuts lists with more members than are sent, and records their true length. */
  const bounded = async (
    plan: TypePlan,
    row: Row,
    { filters }: Reading,
    exact: Exact,
    counts: NestedCounts,
  ): Promise<Row> => {
    const more: Record<string, Beyond> = {};
    const cut: Record<string, unknown> = {};
    for (const name of plan.manyRelations) {
      const read = row[name];
      if (!Array.isArray(read) || read.length <= maxRelated) continue;
      cut[name] = read.slice(0, maxRelated) as unknown[];
      if (exact === 'all' || exact.has(name)) {
        const all = await members(plan.uid, row.id, name, filters);
        const digest = createHash('sha256').update(all.join('\n')).digest('hex');
        more[name] = { count: all.length, digest };
      } else {
        const counts = await countsIn(plan.uid, [row.id], name, filters);
        more[name] = { count: counts.get(row.id) ?? 0, digest: null };
      }
    }
    const kept = { ...row, ...cut };
    Object.assign(more, beyondNested(kept, counts));
    return Object.keys(more).length === 0 ? row : { ...kept, [beyond]: more };
  };

  /**
   * A limit counts for all rows that are read together: with to-many relations each row is read separately.
   */
  const readRows = async (
    plan: TypePlan,
    where: Where,
    reading: Reading,
    exact: Exact,
    oneRow: boolean,
  ): Promise<Row[]> => {
    const limited = plan.manyRelations.some((name) => name in reading.populate);
    if (!limited || oneRow) {
      const rows = await find(plan.uid, where, reading);
      const counts = await nestedCounts(rows, reading);
      return limited || counts.size > 0
        ? Promise.all(rows.map((row) => bounded(plan, row, reading, exact, counts)))
        : rows;
    }
    const rows: Row[] = [];
    for (const { id } of await identities(plan.uid, where))
      rows.push(...(await readRows(plan, { id }, reading, exact, true)));
    return rows;
  };

  const readIds = async (plan: TypePlan, ids: readonly number[], reading: Reading): Promise<Row[]> =>
    ids.length === 0 ? [] : readRows(plan, byIds(ids), reading, noNames, ids.length === 1);

  const named = (reading: Reading, only: Exact): Reading =>
    only === 'all'
      ? reading
      : {
          ...reading,
          populate: Object.fromEntries(Object.entries(reading.populate).filter(([name]) => only.has(name))),
        };

  /** Rows of both versions, each with the related entries for its own status. */
  const readWhere = async (
    plan: TypePlan,
    where: Where,
    of: (status: Status) => Reading,
    only: Exact = 'all',
  ): Promise<Row[]> => {
    const reading = (status: Status) => named(of(status), only);
    if (!hasDraftAndPublish(plan.uid))
      return readRows(plan, where, reading('published'), noNames, isOne(where));
    const found = await identities(plan.uid, where);
    const read = (status: Status) =>
      readIds(
        plan,
        found.filter((row) => statusOf(plan.uid, row) === status).map(({ id }) => id),
        reading(status),
      );
    return [...(await read('draft')), ...(await read('published'))];
  };

  let locale: { code: string | null; until: number } | null = null;

  /** The default locale; null if there are no locales. Queried again after a second. */
  const defaultLocale = async (): Promise<string | null> => {
    if (locale !== null && locale.until > Date.now()) return locale.code;
    const i18n = strapi.plugin('i18n') as Core.Plugin | undefined;
    const locales = i18n?.service('locales') as { getDefaultLocale(): Promise<string | null> } | undefined;
    const code = (await locales?.getDefaultLocale()) ?? null;
    locale = { code, until: Date.now() + localeKeptMs };
    return code;
  };

  return {
    identities,
    hasDraftAndPublish,
    statusOf,

    /** Rows of one status with everything that payloads need. */
    whole: (plan: TypePlan, where: Where, status: Status, exact: Exact): Promise<Row[]> =>
      readRows(plan, where, wholeReading(plan, status), exact, isOne(where)),

    /**
     * Rows of one status with the data of the content event; `only` names the parts that need a query of
     * their own.
     */
    content: (plan: TypePlan, where: Where, status: Status, only: Exact): Promise<Row[]> =>
      readRows(plan, where, named(readingOf(plan, plan.contentPopulate, status), only), only, isOne(where)),

    defaultLocale,

    /** Names of the parts that need a query of their own: relations, files, components. */
    readApart: (plan: TypePlan): string[] =>
      plan.comparable.filter(({ name }) => name in plan.contentPopulate).map(({ name }) => name),

    /** Rows with everything that payloads need, by any condition. */
    snapshot: (plan: TypePlan, where: Where): Promise<Row[]> =>
      readWhere(plan, where, (status) => wholeReading(plan, status)),

    /** Rows with the data for a comparison, by any condition; `without` names parts that need not be read. */
    comparable: (plan: TypePlan, where: Where, without: ReadonlySet<string> = noNames): Promise<Row[]> =>
      readWhere(
        plan,
        where,
        (status) => readingOf(plan, plan.contentPopulate, status),
        new Set(Object.keys(plan.contentPopulate).filter((name) => !without.has(name))),
      ),

    /**
     * The published version of an entry of any type, else its draft, populated as in the API; null if there
     * is none.
     */
    async one(uid: string, documentId: string, populate: Record<string, unknown>): Promise<Row | null> {
      const found = await identities(uid, { documentId });
      const row = found.find((one) => statusOf(uid, one) === 'published') ?? found[0];
      if (!row) return null;
      return (await find(uid, { id: row.id }, convert(uid, populate, statusOf(uid, row), [], [])))[0] ?? null;
    },

    /** Without passwords and private fields, relations included. */
    async sanitised(uid: string, row: Entry): Promise<Entry> {
      return (await sanitize.sanitizers.defaultSanitizeOutput(
        {
          schema: strapi.getModel(uid as UID.Schema),
          getModel: (model: string) => strapi.getModel(model as UID.Schema),
        },
        { ...row } as never,
      )) as Entry;
    },

    /**
     * The data of the content event for a sanitised entry, without lists of related entries above the limit.
     */
    told(plan: TypePlan, row: Row, entry: Entry): Pick<Told, 'entry' | 'truncated'> {
      const { entry: cut, truncated } = plan.cut(entry, maxRelated);
      const all = { ...countsOf(row, (name) => !name.includes('.')), ...truncated };
      return { entry: cut, ...(Object.keys(all).length > 0 && { truncated: all }) };
    },

    /** What trees of webhooks tell of a sanitised entry; null where none of them asks for this version. */
    selected(plan: TypePlan, row: Row, entry: Entry): SelectedEntry | null {
      const { selection } = plan.read[statusOf(plan.uid, row)];
      return selection?.of(entry, maxRelated, countsOf(row)) ?? null;
    },
  };
}

/** The true length of lists that were not read as a whole, by their path; those behind other entries have a dot. */
const countsOf = (row: Row, which: (path: string) => boolean = () => true): Record<string, number> =>
  Object.fromEntries(
    Object.entries(row[beyond] ?? {})
      .filter(([path]) => which(path))
      .map(([path, { count }]) => [path, count]),
  );

/** Of nested lists that are not read as a whole: the true length by the id of the entry that has it. */
type NestedCounts = Map<NestedList, ReadonlyMap<number, number>>;

/** The same by their paths in a row. */
function beyondNested(row: Row, counts: NestedCounts): Record<string, Beyond> {
  const more: Record<string, Beyond> = {};
  for (const [{ path, name }, lengths] of counts) {
    for (const { entry, at } of innerAt(row, path)) {
      const count = lengths.get(entry.id) ?? 0;
      const read: unknown = entry[name];
      if (count > (Array.isArray(read) ? read.length : 0)) more[`${at}.${name}`] = { count, digest: null };
    }
  }
  return more;
}

/** A sanitised entry within the limits, and the true length of lists that were cut. */
export interface Told {
  entry: Entry;
  truncated?: Record<string, number>;
}

export const byIds = (ids: readonly number[]): Where =>
  ids.length === 1 ? { id: ids[0] } : { id: { $in: [...ids] } };

const isOne = ({ id }: Where): boolean => typeof id === 'number';

const noNames: ReadonlySet<string> = new Set();

const localeKeptMs = 1000;

export type Rows = ReturnType<typeof createRows>;
