import { sanitize } from '@strapi/utils';
import type { Core, UID } from '@strapi/strapi';
import type { Entry, NestedList, SelectedEntry, TypePlan } from '../catalog';
import { isPublished } from '../published';
import { createLongLists } from './long-lists';
import type { Exact, Query, Reading } from './long-lists';
import { withLimits } from './nested-lists';
import { beyond, byIds } from './row';
import type { Populate, Row, RowIdentity, Status, Where } from './row';

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

  const lists = createLongLists({ find, maxRelated });

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
      const counts = await lists.nestedCounts(rows, reading);
      return limited || counts.size > 0
        ? Promise.all(rows.map((row) => lists.bounded(plan, row, reading, exact, counts)))
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

/** A sanitised entry within the limits, and the true length of lists that were cut. */
export interface Told {
  entry: Entry;
  truncated?: Record<string, number>;
}

const isOne = ({ id }: Where): boolean => typeof id === 'number';

const noNames: ReadonlySet<string> = new Set();

const localeKeptMs = 1000;

export type Rows = ReturnType<typeof createRows>;
