import { z } from 'zod';
import type { EventDeclaration } from './event-declaration';

/** `payment.received`: lower case, dot-delimited, `[a-z0-9_]` segments, at least two of them. */
export const eventTypePattern = /^[a-z0-9_]+(\.[a-z0-9_]+)+$/;

/** `*`, `article.*`, `*.published` or the name of one event type. */
export const subscriptionPattern =
  /^(\*|[a-z0-9_]+(\.[a-z0-9_]+)*\.\*|\*\.[a-z0-9_]+(\.[a-z0-9_]+)*|[a-z0-9_]+(\.[a-z0-9_]+)+)$/;

export const maxEventTypeLength = 120;

export const eventTypeName = z
  .string('is required')
  .max(maxEventTypeLength, `must be at most ${maxEventTypeLength} characters`)
  .regex(eventTypePattern, 'must be lower case with dots, like payment.received');

export const eventGroups = ['business', 'content', 'media', 'users', 'system'] as const;
export type EventGroup = (typeof eventGroups)[number];

/** How reliable the capture of this event type is; shown on the Events screen and in `docs/events.md`. */
export type CaptureGuarantee = 'same_transaction' | 'late' | 'announced';

/** One entry of the catalog, as returned by `GET /event-webhooks/event-types`. */
export interface EventTypeView {
  type: string;
  displayName: string;
  description: string;
  /** Its names and descriptions in every language: what it is found by. */
  search: string;
  group: EventGroup;
  /** `content`: automatic, from a content type; `preset`, `config`, `screen`: mapped; `code`: emitted by code. */
  source: 'content' | 'preset' | 'config' | 'screen' | 'code' | 'plugin' | 'operational';
  /** Of one that is made on the screen. */
  businessEventId?: number;
  /** How a mapped event is declared: what the screen shows of it. */
  declaration?: EventDeclaration;
  guarantee: CaptureGuarantee;
  /** The content type whose changes produce this event, e.g. `api::payment.payment`. */
  uid: string | null;
  /** Display name of that content type, e.g. `Payment`. */
  contentTypeName: string | null;
  /** True if a mapped event replaces the content event of the same name. */
  replacesContentEvent: boolean;
  /** True if wildcards exclude it, so that it must be chosen by name: end users, administrators. */
  sensitive: boolean;
  /** Of an event with a rule: when it happens, in English: `a Payment is created and its status is paid`. */
  condition?: string;
  /** Fields that its rule or payload uses and its content type no longer has. */
  gone: string[];
  /** JSON Schema (draft 2020-12) of `data`. */
  schema: Record<string, unknown>;
  /** The complete body that a receiver gets: `{ type, timestamp, data }`. */
  sample: StandardBody;
  /** Subscribed webhooks, including those by wildcard. */
  subscribers: { id: number; name: string }[];
}

/** The body of Standard Webhooks 1.0: `timestamp` is when the event occurred, ISO 8601. */
export interface StandardBody {
  type: string;
  timestamp: string;
  data: Record<string, unknown>;
}

export interface EventTypeList {
  results: EventTypeView[];
}
