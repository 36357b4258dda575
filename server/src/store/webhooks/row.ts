import type {
  Collapse,
  FieldTrees,
  PayloadFormat,
  RequestTemplate,
  SavedChange,
  WebhookConditions,
} from '../../../../contracts';
import type { GateRow, Home } from '../../gate';
import { toBoolean, toJson, toNumber, toNumberOrNull, toTextOrNull } from '../connection';

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

export interface StoredTemplateSecret {
  name: string;
  /** Encrypted. */
  value: string;
}

/** One change that somebody saved: the revision that came of it, and the fields of the form that it changed. */
export interface StoredChange extends SavedChange {
  revision: number;
}

/** A receiver that kept its own webhook going: who changed what, and how often within so many seconds. */
export interface StoredLoop {
  actor: { type: string; id: string | null; name: string | null };
  uid: string | null;
  documentId: string | null;
  locale: string | null;
  count: number;
  seconds: number;
}

/** Beside what the gate judges by, what it is sent with. */
export interface WebhookRow extends Omit<GateRow, 'home'> {
  id: number;
  name: string;
  /** The form for screens and logs: the URL, or its origin and `••••` if it is secret. */
  url: string;
  /** The secret URL, encrypted; null for all others. */
  urlSealed: string | null;
  events: string[];
  /** Which content types its subscriptions meant when they were saved; null where that was never noted. */
  meanings: Readonly<Record<string, readonly string[]>> | null;
  /** Names in its template that no sample had when it was saved; null where that was never noted. */
  unknownNames: readonly string[] | null;
  disabledAt: number | null;
  /** What its receiver did when it was last stopped for a loop. */
  loop: StoredLoop | null;
  home: StoredHome | null;
  ownerId: number | null;
  rateLimit: { count: number; seconds: number } | null;
  ordered: boolean;
  /** Its deliveries tell which entries show the one that changed. */
  shownBy: boolean;
  onFailedHead: 'pass' | 'block';
  headers: StoredHeader[];
  secrets: StoredSecret[];
  conditions: WebhookConditions | null;
  collapse: Collapse | null;
  skipUnchanged: boolean;
  onePublish: boolean;
  fields: FieldTrees | null;
  format: PayloadFormat;
  template: RequestTemplate | null;
  templateSecrets: StoredTemplateSecret[];
  timeoutSeconds: number | null;
  retryScheduleSeconds: number[] | null;
  importedFrom: number | null;
  /** How many changes somebody has saved. */
  revision: number;
  /** The newest of these, oldest first. */
  changes: StoredChange[];
  createdAt: string;
  updatedAt: string;
}

export interface StoredHome extends Home {
  /** The host from which its owner was told that it belongs to another installation. */
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
> & {
  shownBy?: boolean;
  meanings?: WebhookRow['meanings'];
  unknownNames?: WebhookRow['unknownNames'];
  conditions?: WebhookRow['conditions'];
  collapse?: Collapse | null;
  skipUnchanged?: boolean;
  onePublish?: boolean;
  fields?: FieldTrees | null;
  alertAfter?: WebhookRow['alertAfter'];
  format?: PayloadFormat;
  template?: RequestTemplate | null;
  templateSecrets?: StoredTemplateSecret[];
  urlSealed?: string | null;
  importedFrom?: number | null;
  home?: StoredHome | null;
  ownerId?: number | null;
};

const iso = (value: unknown): string => new Date(value as string | number | Date).toISOString();

export function fromWebhookRow(row: Record<string, unknown>): WebhookRow {
  return {
    id: toNumber(row.id),
    name: String(row.name),
    url: String(row.url),
    urlSealed: toTextOrNull(row.url_sealed),
    events: (toJson(row.events) as string[] | null) ?? [],
    meanings: toJson(row.meanings) as WebhookRow['meanings'],
    unknownNames: toJson(row.unknown_names) as WebhookRow['unknownNames'],
    active: toBoolean(row.active),
    disabledReason: toTextOrNull(row.disabled_reason),
    disabledAt: toNumberOrNull(row.disabled_at),
    loop: toJson(row.loop) as StoredLoop | null,
    heldUntil: toNumberOrNull(row.held_until),
    heldReason: toTextOrNull(row.held_reason),
    heldSince: toNumberOrNull(row.held_since),
    failures: toNumber(row.failures ?? 0),
    failingSince: toNumberOrNull(row.failing_since),
    lastFailureAt: toNumberOrNull(row.last_failure_at),
    warnedAt: toNumberOrNull(row.warned_at),
    breakerLevel: toNumber(row.breaker_level ?? 0),
    openedAt: toNumberOrNull(row.opened_at),
    throttleLevel: toNumber(row.throttle_level ?? 0),
    throttledAt: toNumberOrNull(row.throttled_at),
    home: toJson(row.home) as StoredHome | null,
    ownerId: toNumberOrNull(row.owner_id),
    rateLimit: toJson(row.rate_limit) as WebhookRow['rateLimit'],
    ordered: toBoolean(row.ordered),
    shownBy: toBoolean(row.shown_by),
    onFailedHead: row.on_failed_head === 'block' ? 'block' : 'pass',
    headers: (toJson(row.headers) as StoredHeader[] | null) ?? [],
    secrets: (toJson(row.secrets) as StoredSecret[] | null) ?? [],
    conditions: toJson(row.conditions) as WebhookConditions | null,
    collapse: toJson(row.collapse) as Collapse | null,
    skipUnchanged: toBoolean(row.skip_unchanged),
    onePublish: toBoolean(row.one_publish),
    fields: toJson(row.fields) as FieldTrees | null,
    alertAfter: toJson(row.alert_after) as WebhookRow['alertAfter'],
    format: (toTextOrNull(row.format) ?? 'standard') as PayloadFormat,
    template: toJson(row.template) as RequestTemplate | null,
    templateSecrets: (toJson(row.template_secrets) as StoredTemplateSecret[] | null) ?? [],
    timeoutSeconds: toNumberOrNull(row.timeout_seconds),
    retryScheduleSeconds: toJson(row.retry_schedule_seconds) as number[] | null,
    importedFrom: toNumberOrNull(row.imported_from),
    revision: toNumber(row.revision ?? 0),
    changes: (toJson(row.changes) as StoredChange[] | null) ?? [],
    createdAt: iso(row.created_at),
    updatedAt: iso(row.updated_at),
  };
}

/** The parts of a webhook that matching needs. */
export type SubscriberRow = Pick<
  WebhookRow,
  | 'id'
  | 'name'
  | 'url'
  | 'events'
  | 'meanings'
  | 'active'
  | 'disabledReason'
  | 'ordered'
  | 'shownBy'
  | 'conditions'
  | 'collapse'
  | 'skipUnchanged'
  | 'onePublish'
  | 'fields'
>;
