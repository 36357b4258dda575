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
  failures: number;
  failingSince: number | null;
  lastFailureAt: number | null;
  warnedAt: number | null;
  breakerLevel: number;
  throttleLevel: number;
  throttledAt: number | null;
  home: StoredHome | null;
  ownerId: number | null;
  rateLimit: { count: number; seconds: number } | null;
  ordered: boolean;
  onFailedHead: 'pass' | 'block';
  headers: StoredHeader[];
  secrets: StoredSecret[];
  timeoutSeconds: number | null;
  retryScheduleSeconds: number[] | null;
  importedFrom: number | null;
  createdAt: string;
  updatedAt: string;
}

/** Where it was last confirmed. */
export interface StoredHome {
  name: string | null;
  host: string | null;
  environment: string;
  /** The host from which its owner was told that it is away. */
  toldFrom?: string;
}

export type NewWebhook = Pick<
  WebhookRow,
  | 'name'
  | 'url'
  | 'events'
  | 'active'
  | 'headers'
  | 'secrets'
  | 'timeoutSeconds'
  | 'retryScheduleSeconds'
  | 'rateLimit'
  | 'ordered'
  | 'onFailedHead'
> & { importedFrom?: number | null; home?: StoredHome | null; ownerId?: number | null };

const gateColumns = {
  active: 'active',
  disabledReason: 'disabled_reason',
  disabledAt: 'disabled_at',
  heldUntil: 'held_until',
  heldReason: 'held_reason',
  failures: 'failures',
  failingSince: 'failing_since',
  lastFailureAt: 'last_failure_at',
  warnedAt: 'warned_at',
  breakerLevel: 'breaker_level',
  throttleLevel: 'throttle_level',
  throttledAt: 'throttled_at',
} as const;

/** What the gate may change in a webhook's row. */
export type GatePatch = Partial<Pick<WebhookRow, keyof typeof gateColumns>>;

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
    failures: toNumber(row.failures ?? 0),
    failingSince: toNumberOrNull(row.failing_since),
    lastFailureAt: toNumberOrNull(row.last_failure_at),
    warnedAt: toNumberOrNull(row.warned_at),
    breakerLevel: toNumber(row.breaker_level ?? 0),
    throttleLevel: toNumber(row.throttle_level ?? 0),
    throttledAt: toNumberOrNull(row.throttled_at),
    home: toJson(row.home) as StoredHome | null,
    ownerId: toNumberOrNull(row.owner_id),
    rateLimit: toJson(row.rate_limit) as WebhookRow['rateLimit'],
    ordered: toBoolean(row.ordered),
    onFailedHead: row.on_failed_head === 'block' ? 'block' : 'pass',
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

    /** Where a webhook is at home from now on; no lifecycle, no `updatedAt`. */
    async saveHome(connection: Connection, id: number, home: StoredHome): Promise<void> {
      await database
        .from(connection, tables.webhooks)
        .where({ id })
        .update({ home: JSON.stringify(home) });
    },

    /** The gate's own writes: no lifecycle, no `updatedAt`. */
    /**
     * What is told to the owner (disabled, warned) is written once, whoever comes first: false for the second.
     */
    async patchGate(connection: Connection, id: number, patch: GatePatch): Promise<boolean> {
      const columns = Object.fromEntries(
        Object.entries(patch).map(([key, value]) => [gateColumns[key as keyof GatePatch], value]),
      );
      const row = database.from(connection, tables.webhooks).where({ id });
      if (typeof patch.disabledReason === 'string') void row.whereNull('disabled_reason');
      if (typeof patch.warnedAt === 'number') void row.whereNull('warned_at');
      return toNumber(await row.update(columns)) === 1;
    },
  };
}

export type WebhookStore = ReturnType<typeof createWebhookStore>;
