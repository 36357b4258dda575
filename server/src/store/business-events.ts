/** BUSINESS EVENTS MADE ON THE SCREEN: their rows. What stands in them is checked by the catalog, not here. */
import type { Core } from '@strapi/strapi';
import { tables, uids } from '../constants';
import type { Connection, Database } from './connection';
import { toJson, toNumber } from './connection';
import type { Query } from './db';
import type { StoredChange } from './webhooks/row';

export interface BusinessEventRow {
  id: number;
  displayName: string;
  type: string;
  description: string;
  contentType: string;
  /** As it stands in the database; null where it is no JSON. */
  on: unknown;
  payload: unknown;
  /** How many changes somebody has saved. */
  revision: number;
  /** The newest of these, oldest first. */
  changes: StoredChange[];
  createdAt: string;
  updatedAt: string;
}

export type NewBusinessEvent = Pick<
  BusinessEventRow,
  'displayName' | 'type' | 'description' | 'contentType' | 'on' | 'payload'
>;

export function createBusinessEventStore(strapi: Core.Strapi, database: Database) {
  const query = () => strapi.db.query(uids.businessEvent);
  const rows = async (connection: Connection, narrow?: (q: Query) => void): Promise<BusinessEventRow[]> => {
    const q = database.from(connection, tables.businessEvents).select('*').orderBy('id');
    narrow?.(q);
    return ((await q) as Record<string, unknown>[]).map(fromRow);
  };

  return {
    all: (connection: Connection): Promise<BusinessEventRow[]> => rows(connection),

    async find(connection: Connection, id: number): Promise<BusinessEventRow | null> {
      return (await rows(connection, (q) => void q.where({ id })))[0] ?? null;
    },

    /** A text that is another one as soon as any of them is added, changed or deleted. */
    async stamp(connection: Connection): Promise<string> {
      const found = (await database
        .from(connection, tables.businessEvents)
        .select(['id', 'revision', 'updated_at'])
        .orderBy('id')) as Record<string, unknown>[];
      return found
        .map(
          ({ id, revision, updated_at: at }) => `${toNumber(id)}:${toNumber(revision ?? 0)}:${momentOf(at)}`,
        )
        .join();
    },

    /** Through Strapi's own query, which sets the document id and dates of the row. */
    async create(event: NewBusinessEvent): Promise<number> {
      const created = (await query().create({ data: toRow(event) })) as { id: number | string };
      return toNumber(created.id);
    },

    /** False: the row has another revision than `seen` by now, or is gone, and nothing was written. */
    async save(
      id: number,
      seen: number,
      { revision, changes, ...event }: NewBusinessEvent & Pick<BusinessEventRow, 'revision' | 'changes'>,
    ): Promise<boolean> {
      return strapi.db.transaction(async ({ trx }) => {
        const [row] = await rows(trx, (q) => void q.where({ id }).forUpdate());
        if (row?.revision !== seen) return false;
        await query().update({ where: { id }, data: { ...toRow(event), revision, changes } });
        return true;
      });
    },

    async remove(id: number): Promise<void> {
      await query().delete({ where: { id } });
    },
  };
}

export type BusinessEventStore = ReturnType<typeof createBusinessEventStore>;

const toRow = ({ on, ...event }: NewBusinessEvent) => ({ ...event, clauses: on });

function fromRow(row: Record<string, unknown>): BusinessEventRow {
  return {
    id: toNumber(row.id),
    displayName: String(row.display_name ?? ''),
    type: String(row.type ?? ''),
    description: String(row.description ?? ''),
    contentType: String(row.content_type ?? ''),
    on: jsonOrNull(row.clauses),
    payload: jsonOrNull(row.payload),
    revision: toNumber(row.revision ?? 0),
    changes: (jsonOrNull(row.changes) as StoredChange[] | null) ?? [],
    createdAt: iso(row.created_at),
    updatedAt: iso(row.updated_at),
  };
}

/** One row that somebody has spoilt in the database must not keep the others from being read. */
function jsonOrNull(value: unknown): unknown {
  try {
    return toJson(value);
  } catch {
    return null;
  }
}

const momentOf = (value: unknown): number => new Date(value as string | number | Date).getTime();
const iso = (value: unknown): string => new Date((value ?? 0) as string | number | Date).toISOString();
