import type { Core } from '@strapi/strapi';
import { isPublished } from '../published';
import type { Connection, Database } from './connection';
import { toNumber, toTextOrNull } from './connection';
import { othersTurn } from './others-turn';
import { partsOf } from './statements';

/** An attribute that leads from a holder to a target; see `catalog/ways.ts`. */
export interface WayToFollow {
  holder: string;
  name: string;
  target: string;
  isEntry: boolean;
}

/** What has to be known of the models. */
export interface ShowingModels<W extends WayToFollow> {
  into(uid: string): readonly W[];
  goesBack(way: W, by: W | null): boolean;
  labels(uid: string): { title: string | null; slug: string | null };
  hasDrafts(uid: string): boolean;
}

type Status = 'draft' | 'published';

/** The rows of one entry, in one version. */
export interface ShownRows {
  uid: string;
  documentId: string;
  ids: readonly number[];
  status: Status;
}

/** An entry that shows another one. */
export interface ShowingEntry {
  uid: string;
  documentId: string;
  locale: string | null;
  status: Status;
  title: string | null;
  slug: string | null;
  /** The fields through which it shows it, one path a step: `['blocks.products']`, `['featured', 'brand']`. */
  via: string[];
}

export interface Showing {
  entries: ShowingEntry[];
  total: number;
  /** Whether there are more than are listed. */
  truncated: boolean;
}

export interface ShowingLimits {
  steps: number;
  /** Entries that are listed. */
  listed: number;
  /** Rows that are looked at, for the total: a picture in the footer of everything must not take minutes. */
  rows: number;
}

/** A row that leads to a target's row. */
interface Link {
  holder: number;
  target: number;
}

/** An entry's row, the path to the target, and the row it leads to. */
interface Hit extends Link {
  uid: string;
  path: string;
}

interface Found extends ShowingEntry {
  id: number;
}

/** Rows from which the next step goes on, with the way by which they were reached. */
interface Front<W> {
  uid: string;
  by: W | null;
  rows: ReadonlyMap<number, readonly string[]>;
}

interface JoinTable {
  name: string;
  joinColumn: { name: string };
  inverseJoinColumn?: { name: string };
  morphColumn?: MorphColumn;
}
interface MorphColumn {
  idColumn: { name: string };
  typeColumn: { name: string };
}
interface Relation {
  columnName?: string;
  morphBy?: string;
  joinTable?: JoinTable;
  joinColumn?: { name: string; referencedColumn: string };
  morphColumn?: MorphColumn;
}
interface Meta {
  tableName: string;
  attributes: Record<string, Relation | undefined>;
}

/** Components can contain components; deeper than any editor would go, and a limit for cycles. */
const deepest = 10;

/** Counts down while rows are found. */
interface Budget {
  left: number;
  exceeded: boolean;
}

/**
 * Which entries show an entry: read backwards through Strapi's own tables for relations, files and components, in
 * statements of bounded size.
 */
export function createShowingStore(strapi: Core.Strapi, database: Database) {
  const metaOf = (uid: string): Meta => strapi.db.metadata.get(uid) as unknown as Meta;
  const ofComponents = { type: 'component_type', field: 'field' } as const;

  /** The table with both ids, their columns, and what else has to hold. Null if nothing is stored. */
  const linkTable = (way: WayToFollow) => {
    const own = metaOf(way.holder).attributes[way.name];
    if (own === undefined) return null;
    const isComponent = way.target in strapi.components;
    const { joinTable, joinColumn, morphBy } = own;
    if (isComponent && joinTable) {
      const target = joinTable.inverseJoinColumn?.name ?? joinTable.morphColumn?.idColumn.name;
      const where = { [ofComponents.type]: way.target, [ofComponents.field]: way.name };
      return target ? { table: joinTable.name, holder: joinTable.joinColumn.name, target, where } : null;
    }
    if (morphBy !== undefined) {
      const theirs = metaOf(way.target).attributes[morphBy];
      const morph = theirs?.joinTable?.morphColumn ?? theirs?.morphColumn;
      if (morph === undefined) return null;
      const type = { [morph.typeColumn.name]: way.holder };
      return theirs?.joinTable
        ? {
            table: theirs.joinTable.name,
            holder: morph.idColumn.name,
            target: theirs.joinTable.joinColumn.name,
            where: { ...type, field: way.name },
          }
        : { table: metaOf(way.target).tableName, holder: morph.idColumn.name, target: 'id', where: type };
    }
    if (joinTable?.inverseJoinColumn)
      return {
        table: joinTable.name,
        holder: joinTable.joinColumn.name,
        target: joinTable.inverseJoinColumn.name,
        where: {},
      };
    if (joinColumn === undefined) return null;
    // Without a table of its own, the relation is a column of one of both sides.
    return joinColumn.name === 'id'
      ? {
          table: metaOf(way.target).tableName,
          holder: joinColumn.referencedColumn,
          target: 'id',
          where: {},
        }
      : { table: metaOf(way.holder).tableName, holder: 'id', target: joinColumn.name, where: {} };
  };

  const links = async (
    connection: Connection,
    way: WayToFollow,
    ids: readonly number[],
    budget: Budget,
  ): Promise<Link[]> => {
    const from = linkTable(way);
    if (from === null) return [];
    const found: Link[] = [];
    for (const part of partsOf(ids)) {
      if (budget.left <= 0) break;
      const rows = (await database
        .from(connection, from.table)
        .select([`${from.holder} as holder`, `${from.target} as target`])
        .where(from.where)
        .whereIn(from.target, part)
        .whereNotNull(from.holder)
        .orderBy(from.holder)
        .limit(budget.left + 1)) as Record<string, unknown>[];
      budget.exceeded ||= rows.length > budget.left;
      const taken = rows.slice(0, budget.left);
      budget.left -= taken.length;
      found.push(...taken.map((row) => ({ holder: toNumber(row.holder), target: toNumber(row.target) })));
      await othersTurn();
    }
    return found;
  };

  /** The rows of entries behind a way: components are followed up to what holds them. */
  const hits = async <W extends WayToFollow>(
    connection: Connection,
    models: ShowingModels<W>,
    way: W,
    ids: readonly number[],
    budget: Budget,
    depth = 0,
  ): Promise<Hit[]> => {
    const found = ids.length === 0 ? [] : await links(connection, way, ids, budget);
    if (way.isEntry) return found.map((link) => ({ ...link, uid: way.holder, path: way.name }));
    if (found.length === 0 || depth >= deepest) return [];
    const targets = new Map(found.map(({ holder, target }) => [holder, target]));
    const above: Hit[] = [];
    for (const higher of models.into(way.holder)) {
      const entries = await hits(connection, models, higher, [...targets.keys()], budget, depth + 1);
      for (const { target, path, ...entry } of entries)
        above.push({ ...entry, path: `${path}.${way.name}`, target: targets.get(target) ?? target });
    }
    return above;
  };

  /** The entries of these rows in one version, by the ids of their rows. */
  const entriesOf = async <W extends WayToFollow>(
    connection: Connection,
    models: ShowingModels<W>,
    uid: string,
    ids: readonly number[],
    status: Status,
  ): Promise<Map<number, Omit<Found, 'via'>>> => {
    const found = new Map<number, Omit<Found, 'via'>>();
    const drafts = models.hasDrafts(uid);
    // Without drafts every entry is a published one, and shows what is published.
    if (!drafts && status === 'draft') return found;
    const { tableName, attributes } = metaOf(uid);
    const { title, slug } = models.labels(uid);
    const named = { documentId: 'documentId', locale: 'locale', publishedAt: 'publishedAt', title, slug };
    const columns = Object.entries(named).flatMap(([as, name]) => {
      const column = name === null ? undefined : attributes[name]?.columnName;
      return column === undefined ? [] : [`${column} as ${as}`];
    });
    for (const part of partsOf(ids)) {
      const rows = (await database
        .from(connection, tableName)
        .select(['id', ...columns])
        .whereIn('id', part)
        .orderBy('id')) as Record<string, unknown>[];
      for (const row of rows) {
        if (drafts && (isPublished(row) ? 'published' : 'draft') !== status) continue;
        const id = toNumber(row.id);
        const text = { title: toTextOrNull(row.title), slug: toTextOrNull(row.slug) };
        const documentId = String(row.documentId);
        found.set(id, { id, uid, documentId, locale: toTextOrNull(row.locale), status, ...text });
      }
    }
    return found;
  };

  return {
    /** The ids and the title of an entry's row in one version; no ids if it has none. */
    async rowsOf<W extends WayToFollow>(
      connection: Connection,
      entry: { uid: string; documentId: string; locale: string | null; status: Status },
      models: ShowingModels<W>,
    ): Promise<{ ids: number[]; title: string | null }> {
      const { tableName, attributes } = metaOf(entry.uid);
      const column = (name: string) => attributes[name]?.columnName;
      const title = column(models.labels(entry.uid).title ?? '');
      const query = database
        .from(connection, tableName)
        .select(['id', ...(title === undefined ? [] : [`${title} as title`])])
        .where({ [column('documentId') ?? 'document_id']: entry.documentId });
      const locale = column('locale');
      if (locale !== undefined) void query.where({ [locale]: entry.locale });
      const published = column('publishedAt');
      if (models.hasDrafts(entry.uid) && published !== undefined)
        void (entry.status === 'published' ? query.whereNotNull(published) : query.whereNull(published));
      const rows = (await query) as unknown as { id: unknown; title?: unknown }[];
      return { ids: rows.map(({ id }) => toNumber(id)), title: toTextOrNull(rows[0]?.title) };
    },

    /** The entries that show this one, nearest first. An entry of several ways counts once. */
    async of<W extends WayToFollow>(
      connection: Connection,
      shown: ShownRows,
      models: ShowingModels<W>,
      limits: ShowingLimits,
    ): Promise<Showing> {
      const budget: Budget = { left: limits.rows, exceeded: false };
      const entries = new Map<string, Found>();
      const self = `${shown.uid}:${shown.documentId}`;
      let fronts: Front<W>[] = [{ uid: shown.uid, by: null, rows: new Map(shown.ids.map((id) => [id, []])) }];
      for (let step = 1; step <= limits.steps && fronts.length > 0; step += 1) {
        const next: Front<W>[] = [];
        for (const front of fronts)
          for (const way of models.into(front.uid)) {
            if (models.goesBack(way, front.by)) continue;
            const found = await hits(connection, models, way, [...front.rows.keys()], budget);
            for (const uid of new Set(found.map((hit) => hit.uid))) {
              const byRow = new Map(found.filter((hit) => hit.uid === uid).map((hit) => [hit.holder, hit]));
              const rows = await entriesOf(connection, models, uid, [...byRow.keys()], shown.status);
              const fresh = new Map<number, readonly string[]>();
              for (const [id, entry] of rows) {
                const key = `${uid}:${entry.documentId}:${entry.locale ?? ''}`;
                if (entries.has(key) || `${uid}:${entry.documentId}` === self) continue;
                const hit = byRow.get(id);
                const via = [hit?.path ?? way.name, ...(front.rows.get(hit?.target ?? 0) ?? [])];
                entries.set(key, { ...entry, via });
                fresh.set(id, via);
              }
              if (fresh.size > 0) next.push({ uid, by: way, rows: fresh });
            }
          }
        fronts = next;
      }
      const all = [...entries.values()].map(({ id: _id, ...entry }): ShowingEntry => entry);
      return {
        entries: all.slice(0, limits.listed),
        total: all.length,
        truncated: budget.exceeded || all.length > limits.listed,
      };
    },
  };
}

export type ShowingStore = ReturnType<typeof createShowingStore>;
