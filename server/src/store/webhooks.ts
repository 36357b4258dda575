import type { Core } from '@strapi/strapi';
import { tables, uids } from '../constants';
import type { Connection, Database } from './connection';
import { toBoolean, toJson, toNumber, toNumberOrNull, toTextOrNull } from './connection';

export interface StoredHeader {
  name: string;
  /** Encrypted where `secret`. */
  value: string;
  secret: boolean;
}

export interface StoredSecret {
  /** Encrypted. */
  value: string;
  /** Epoch milliseconds; null for the current one. */
  validUntil: number | null;
}

export interface WebhookRow {
  id: number;
  name: string;
  url: string;
  events: string[];
  active: boolean;
  disabledReason: string | null;
  disabledAt: number | null;
  heldUntil: number | null;
  heldReason: string | null;
  headers: StoredHeader[];
  secrets: StoredSecret[];
  timeoutSeconds: number | null;
  retryScheduleSeconds: number[] | null;
  importedFrom: number | null;
  createdAt: string;
  updatedAt: string;
}

export type NewWebhook = Pick<
  WebhookRow,
  'name' | 'url' | 'events' | 'active' | 'headers' | 'secrets' | 'timeoutSeconds' | 'retryScheduleSeconds'
> & { importedFrom?: number | null };

/** What the gate may change in a webhook's row. */
export interface GatePatch {
  active?: boolean;
  disabledReason?: string | null;
  disabledAt?: number | null;
  heldUntil?: number | null;
  heldReason?: string | null;
}

const iso = (value: unknown): string => new Date(value as string | number | Date).toISOString();

export function fromWebhookRow(row: Record<string, unknown>): WebhookRow {
  return {
    id: toNumber(row.id),
    name: String(row.name),
    url: String(row.url),
    events: (toJson(row.events) as string[] | null) ?? [],
    active: toBoolean(row.active),
    disabledReason: toTextOrNull(row.disabled_reason),
    disabledAt: toNumberOrNull(row.disabled_at),
    heldUntil: toNumberOrNull(row.held_until),
    heldReason: toTextOrNull(row.held_reason),
    headers: (toJson(row.headers) as StoredHeader[] | null) ?? [],
    secrets: (toJson(row.secrets) as StoredSecret[] | null) ?? [],
    timeoutSeconds: toNumberOrNull(row.timeout_seconds),
    retryScheduleSeconds: toJson(row.retry_schedule_seconds) as number[] | null,
    importedFrom: toNumberOrNull(row.imported_from),
    createdAt: iso(row.created_at),
    updatedAt: iso(row.updated_at),
  };
}

export function createWebhookStore(strapi: Core.Strapi, database: Database) {
  const query = () => strapi.db.query(uids.webhook);
  const rows = async (
    connection: Connection,
    narrow?: (q: ReturnType<Connection>) => void,
  ): Promise<WebhookRow[]> => {
    const q = database.from(connection, tables.webhooks).select('*').orderBy('id');
    narrow?.(q);
    return ((await q) as Record<string, unknown>[]).map(fromWebhookRow);
  };

  return {
    all: (connection: Connection): Promise<WebhookRow[]> => rows(connection),

    async find(connection: Connection, id: number): Promise<WebhookRow | null> {
      return (await rows(connection, (q) => void q.where({ id })))[0] ?? null;
    },

    /** Through Strapi's own query, which gives the row its document id and its dates. */
    async create(webhook: NewWebhook): Promise<number> {
      const created = (await query().create({ data: { ...webhook } })) as { id: number | string };
      return toNumber(created.id);
    },

    async update(id: number, webhook: Partial<NewWebhook> & GatePatch): Promise<void> {
      await query().update({ where: { id }, data: { ...webhook } });
    },

    async remove(id: number): Promise<void> {
      await query().delete({ where: { id } });
    },

    /** The gate's own writes: no lifecycle, no `updatedAt`. */
    async patchGate(connection: Connection, id: number, patch: GatePatch): Promise<void> {
      const names: Record<keyof GatePatch, string> = {
        active: 'active',
        disabledReason: 'disabled_reason',
        disabledAt: 'disabled_at',
        heldUntil: 'held_until',
        heldReason: 'held_reason',
      };
      const columns = Object.fromEntries(
        Object.entries(patch).map(([key, value]) => [names[key as keyof GatePatch], value]),
      );
      await database.from(connection, tables.webhooks).where({ id }).update(columns);
    },
  };
}

export type WebhookStore = ReturnType<typeof createWebhookStore>;
