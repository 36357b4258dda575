import type { PayloadFormat, RequestMethod, RequestTemplate } from '../../../contracts';

/** What is known of the event; the same for all webhooks that are sent it. */
export interface RenderEvent {
  messageId: string;
  type: string;
  /** The readable name of the event type, if it is at hand. */
  name?: string;
  /** Epoch milliseconds. */
  occurredAt: number;
  uid: string | null;
  model: string | null;
  documentId: string | null;
  locale: string | null;
  status: string | null;
  /** The last segment of a content event's type; null of all others. */
  action: string | null;
  actor: { type: string; id: string | null; name: string | null };
  changedFields: readonly string[] | null;
  test: boolean;
  /** Whether the entry is that of a single type, whose page in the content manager has another address. */
  single?: boolean;
}

export interface HeaderText {
  name: string;
  value: string;
}

export interface RenderWebhook {
  id: number;
  name: string;
  format: PayloadFormat;
  /** Of the format `template`. */
  template: RequestTemplate | null;
  /** Headers that are not secret; with the format `template` their values are Liquid. */
  headers: readonly HeaderText[];
  /** The secrets that the template may name. */
  secretNames: readonly string[];
}

/** Everything that a request is made of. Nothing else is read: neither a clock nor a database. */
export interface RenderInput {
  event: RenderEvent;
  /** The standard body, `{ type, timestamp, data }`. */
  body: string;
  /** The entry as Strapi's own webhook sends it, as JSON text, where it was stored with the event. */
  coreEntry?: string | null;
  /** With several events that are sent as one: all of them, oldest first; `event` and `body` are the newest. */
  together?: readonly { event: RenderEvent; body: string }[];
  /** Public addresses without a slash at the end, empty if unknown. */
  site: { serverUrl: string; adminUrl: string };
  webhook: RenderWebhook;
}

/** The request, except its secrets and its signature. It is plain data and may be stored. */
export interface RenderedRequest {
  method: RequestMethod;
  /** Path and query to append to the webhook's URL (`addressWith`), percent-encoded; empty if there is none. */
  suffix: string;
  contentType: string | null;
  headers: HeaderText[];
  body: string | null;
  /** Which marks stand in the texts above (`withSecrets`); null if there is none. */
  secrets: { nonce: string; names: string[] } | null;
  /** A hash of format, template and headers: another one means that they have changed since. */
  of: string;
}

/** A request that is ready to be sent, but for its secrets; or why there is none. */
export type PreparedRequest = { request: RenderedRequest } | { problem: string };
