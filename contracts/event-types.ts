import { z } from 'zod';

/** `payment.received`: lower case, dot-delimited, `[a-z0-9_]` segments, at least two of them. */
export const eventTypePattern = /^[a-z0-9_]+(\.[a-z0-9_]+)+$/;

/** `*`, `article.*`, `*.published` or the name of one event type. */
export const subscriptionPattern =
  /^(\*|[a-z0-9_]+(\.[a-z0-9_]+)*\.\*|\*\.[a-z0-9_]+(\.[a-z0-9_]+)*|[a-z0-9_]+(\.[a-z0-9_]+)+)$/;

export const maxEventTypeLength = 120;

export const eventTypeName = z
  .string()
  .max(maxEventTypeLength)
  .regex(eventTypePattern, 'must be lower case with dots, like payment.received');

export const eventGroups = ['business', 'content', 'media', 'users', 'system'] as const;
export type EventGroup = (typeof eventGroups)[number];

/** How safe the capture of this event type is; told on the Events screen and in `docs/events.md`. */
export type CaptureGuarantee = 'same_transaction' | 'late' | 'announced';

/** One entry of the catalog, as `GET /event-webhooks/event-types` answers it. */
export interface EventTypeView {
  type: string;
  displayName: string;
  description: string;
  group: EventGroup;
  /** `content`: by itself, from a content type; `preset`, `config`: mapped; `code`: emitted by code. */
  source: 'content' | 'preset' | 'config' | 'code' | 'plugin' | 'operational';
  guarantee: CaptureGuarantee;
  /** The content type whose changes give this event, e.g. `api::payment.payment`. */
  uid: string | null;
  /** Display name of that content type, e.g. `Payment`. */
  contentTypeName: string | null;
  /** True where a mapped event has taken the place of the content event of the same name. */
  replacesContentEvent: boolean;
  /** True where wildcards leave it out, so that it must be named: end users, administrators. */
  sensitive: boolean;
  /** Fields that its rule or payload names and its content type no longer has. */
  gone: string[];
  /** JSON Schema (draft 2020-12) of `data`. */
  schema: Record<string, unknown>;
  /** The complete body a receiver gets: `{ type, timestamp, data }`. */
  sample: StandardBody;
  /** Webhooks that are subscribed, wildcards counted. */
  subscribers: { id: number; name: string }[];
}

/** The body of Standard Webhooks 1.0: `timestamp` is when the event happened, ISO 8601. */
export interface StandardBody {
  type: string;
  timestamp: string;
  data: Record<string, unknown>;
}

export interface EventTypeList {
  results: EventTypeView[];
}
