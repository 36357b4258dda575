import type { Core } from '@strapi/strapi';
import { isPublished } from '../published';
import type { Connection, Database } from './connection';
import { toNumber, toTextOrNull } from './connection';

/** An entry that uses a file of the media library. */
export interface FileUse {
  uid: string;
  /** Null if the file is in a component without an entry. */
  documentId: string | null;
  locale: string | null;
  status: 'draft' | 'published' | null;
  /** The field of the file: `cover`, or `seo.picture` within a component. */
  field: string;
}

export interface FileUses {
  uses: FileUse[];
  /** The total number, of which `uses` are the first. */
  total: number;
}

/** A row of an entry or component, by its table's own id. */
interface Holder {
  uid: string;
  id: number;
  field: string;
}

/** Components can contain components; deeper than any editor would go, and a limit for cycles. */
const deepest = 10;

const fileUid = 'plugin::upload.file';

/** The metadata of the database layer about the tables between a type and its targets. */
interface JoinTable {
  name: string;
  joinColumn: { name: string };
  inverseJoinColumn?: { name: string };
  morphColumn?: { idColumn: { name: string }; typeColumn: { name: string } };
}
interface Meta {
  tableName: string;
  attributes: Record<string, { joinTable?: JoinTable; columnName?: string } | undefined>;
}

/** Columns of every table between a type and its components. */
const ofComponents = { type: 'component_type', field: 'field' } as const;

/** The entries that use a file: read from Strapi's tables for it, also through components. */
export function createFileUsesStore(strapi: Core.Strapi, database: Database) {
  const metaOf = (uid: string): Meta => strapi.db.metadata.get(uid) as unknown as Meta;

  /** The first uses of a file, as rows of the referring table, oldest first. */
  const holdersOf = async (connection: Connection, fileId: number, limit: number) => {
    const join = metaOf(fileUid).attributes['related']?.joinTable;
    if (!join?.morphColumn) return { holders: [], total: 0 };
    const { idColumn, typeColumn } = join.morphColumn;
    const all = () => database.from(connection, join.name).where(join.joinColumn.name, fileId);
    const rows = (await all()
      .select([`${idColumn.name} as holder`, `${typeColumn.name} as uid`, 'field'])
      .orderBy('id')
      .limit(limit + 1)) as Record<string, unknown>[];
    const holders = rows.slice(0, limit).map((row): Holder => ({
      uid: String(row.uid),
      id: toNumber(row.holder),
      field: toTextOrNull(row.field) ?? '',
    }));
    if (rows.length <= limit) return { holders, total: rows.length };
    const [counted] = (await all().count('* as n')) as unknown as { n: unknown }[];
    return { holders, total: toNumber(counted?.n ?? rows.length) };
  };

  /** The types and components with this component in one of their fields. */
  const ownersOf = (component: string) =>
    [...Object.values(strapi.contentTypes), ...Object.values(strapi.components)].flatMap((model) =>
      Object.entries(model.attributes as Record<string, { component?: string; components?: string[] }>)
        .filter(
          ([, attribute]) => attribute.component === component || attribute.components?.includes(component),
        )
        .flatMap(([field]) => {
          const join = metaOf(model.uid).attributes[field]?.joinTable;
          const id = join?.inverseJoinColumn?.name ?? join?.morphColumn?.idColumn.name;
          return join && id ? [{ uid: model.uid as string, field, join, id }] : [];
        }),
    );

  /** The owners of these rows of a component, by their ids. */
  const owners = async (
    connection: Connection,
    component: string,
    ids: readonly number[],
  ): Promise<Map<number, Holder>> => {
    const found = new Map<number, Holder>();
    for (const { uid, field, join, id } of ownersOf(component)) {
      const rows = (await database
        .from(connection, join.name)
        .select([`${join.joinColumn.name} as owner`, `${id} as component`])
        .where({ [ofComponents.type]: component, [ofComponents.field]: field })
        .whereIn(id, [...ids])) as Record<string, unknown>[];
      for (const row of rows) found.set(toNumber(row.component), { uid, field, id: toNumber(row.owner) });
    }
    return found;
  };

  /** Replaces each component by its entry, as far up as there is one. */
  const lifted = async (connection: Connection, holders: readonly Holder[]): Promise<Holder[]> => {
    let all = [...holders];
    for (let depth = 0; depth < deepest; depth += 1) {
      const inside = all.filter(({ uid }) => uid in strapi.components);
      if (inside.length === 0) return all;
      const above = new Map<string, Map<number, Holder>>();
      for (const uid of new Set(inside.map((holder) => holder.uid))) {
        const ids = inside.filter((holder) => holder.uid === uid).map(({ id }) => id);
        above.set(uid, await owners(connection, uid, [...new Set(ids)]));
      }
      const next = all.map((holder) => {
        const owner = above.get(holder.uid)?.get(holder.id);
        return owner ? { ...owner, field: `${owner.field}.${holder.field}` } : holder;
      });
      if (next.every((holder, at) => holder === all[at])) return next;
      all = next;
    }
    return all;
  };

  /** The identity of entries, by the ids of their rows. */
  const entries = async (connection: Connection, uid: string, ids: readonly number[]) => {
    const { tableName, attributes } = metaOf(uid);
    const columns = Object.entries({
      id: 'id',
      documentId: 'document_id',
      locale: 'locale',
      publishedAt: 'published_at',
    })
      .filter(([name]) => name in attributes)
      .map(([name, column]) => `${attributes[name]?.columnName ?? column} as ${name}`);
    const rows = (await database
      .from(connection, tableName)
      .select(columns)
      .whereIn('id', [...ids])) as Record<string, unknown>[];
    return new Map(rows.map((row) => [toNumber(row.id), row]));
  };

  const named = async (connection: Connection, holders: readonly Holder[]): Promise<FileUse[]> => {
    const rows = new Map<string, Map<number, Record<string, unknown>>>();
    for (const uid of new Set(holders.map((holder) => holder.uid))) {
      const ids = holders.filter((holder) => holder.uid === uid).map(({ id }) => id);
      // A removed content type leaves its rows behind.
      if (uid in strapi.contentTypes) rows.set(uid, await entries(connection, uid, [...new Set(ids)]));
    }
    return holders.flatMap(({ uid, id, field }): FileUse[] => {
      const row = rows.get(uid)?.get(id);
      if (row) {
        const status = isPublished(row) ? 'published' : 'draft';
        return [
          { uid, documentId: toTextOrNull(row.documentId), locale: toTextOrNull(row.locale), status, field },
        ];
      }
      return uid in strapi.components ? [{ uid, documentId: null, locale: null, status: null, field }] : [];
    });
  };

  return {
    /** @param limit maximum number of listed entries */
    async of(connection: Connection, fileId: number, limit: number): Promise<FileUses> {
      const { holders, total } = await holdersOf(connection, fileId, limit);
      if (holders.length === 0) return { uses: [], total: 0 };
      const uses = await named(connection, await lifted(connection, holders));
      return { uses, total: total > limit ? total : uses.length };
    },
  };
}

export type FileUsesStore = ReturnType<typeof createFileUsesStore>;
