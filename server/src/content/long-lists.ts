import { createHash } from 'node:crypto';
import { reference } from '../catalog';
import type { NestedList, TypePlan } from '../catalog';
import { innerAt, lengthOf, overfull } from './nested-lists';
import { beyond, byIds } from './row';
import type { Beyond, Filters, Populate, Row, Where } from './row';

/** The parts that are read with a row. */
export interface Reading {
  populate: Populate;
  /** Which related entries are included: those that the content API returns for this status. */
  filters: Filters | undefined;
  /** Lists behind other entries that are read up to a limit. */
  nested: readonly NestedList[];
}

/** What the database layer is asked for. */
export type Query = Partial<Pick<Reading, 'populate' | 'filters'>>;

/** The relations of which all members are compared, however many there are. */
export type Exact = ReadonlySet<string> | 'all';

export interface LongListsDeps {
  find(uid: string, where: Where, query: Query): Promise<Row[]>;
  /** How many members of a to-many relation are sent. */
  maxRelated: number;
}

/** Lists that are not read, or not sent, as a whole: what of them is kept, and how long they are in truth. */
export function createLongLists({ find, maxRelated }: LongListsDeps) {
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
        const own = await countsIn(plan.uid, [row.id], name, filters);
        more[name] = { count: own.get(row.id) ?? 0, digest: null };
      }
    }
    const kept = { ...row, ...cut };
    Object.assign(more, beyondNested(kept, counts));
    return Object.keys(more).length === 0 ? row : { ...kept, [beyond]: more };
  };

  return { nestedCounts, bounded };
}

/** Of nested lists that are not read as a whole: the true length by the id of the entry that has it. */
type NestedCounts = Map<NestedList, ReadonlyMap<number, number>>;

/** The same by their paths in a row. */
function beyondNested(row: Row, counts: NestedCounts): Record<string, Beyond> {
  const more: Record<string, Beyond> = {};
  for (const [{ path, name }, lengths] of counts) {
    for (const { entry, at } of innerAt(row, path)) {
      const count = lengths.get(entry.id) ?? 0;
      if (count > lengthOf(entry[name])) more[`${at}.${name}`] = { count, digest: null };
    }
  }
  return more;
}
