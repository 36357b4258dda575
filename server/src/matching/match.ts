import { uids } from '../constants';

/** An event as far as matching looks at it. */
export interface MatchableEvent {
  id: number;
  messageId: string;
  type: string;
  uid: string | null;
  documentId: string | null;
  locale: string | null;
}

/** A webhook as far as matching looks at it. */
export interface Subscriber {
  id: number;
  name: string;
  url: string;
  events: readonly string[];
  /** True while it is off: its deliveries are written as skipped. */
  skips: boolean;
  /** Deliveries of one document and locale go one after the other. */
  ordered: boolean;
}

export interface Match {
  eventId: number;
  webhookId: number;
  messageId: string;
  eventType: string;
  state: 'pending' | 'skipped' | 'blocked';
  webhookName: string;
  host: string;
  uid: string | null;
  documentId: string | null;
  locale: string | null;
  /** Its line, where the webhook asks for order; a skipped one stands in none. */
  orderKey: string | null;
  /** True where the webhook wants it only for wanting "everything" (`*`, `*.published`): accounts are left out then. */
  unnamed: boolean;
}

/** As long as its column. */
const longestOrderKey = 255;

/** Which webhooks want an event, as rows to write. Pure. */
export function match(
  event: MatchableEvent,
  subscribers: readonly Subscriber[],
  wants: (pattern: string, eventType: string) => boolean,
): Match[] {
  return subscribers
    .filter((webhook) => !speaksOf(event, webhook.id))
    .map((webhook) => ({ webhook, asked: webhook.events.filter((pattern) => wants(pattern, event.type)) }))
    .filter(({ asked }) => asked.length > 0)
    .map(({ webhook, asked }) => ({
      eventId: event.id,
      webhookId: webhook.id,
      messageId: event.messageId,
      eventType: event.type,
      state: webhook.skips ? 'skipped' : 'pending',
      webhookName: webhook.name,
      host: hostOf(webhook.url),
      uid: event.uid,
      documentId: event.documentId,
      locale: event.locale,
      orderKey: webhook.ordered && !webhook.skips ? orderKeyOf(event) : null,
      unnamed: !asked.some(isName),
    }));
}

/** Whether a pattern names what it wants: `article.updated`, `article.*`. */
export const isName = (pattern: string): boolean => !pattern.startsWith('*');

/** An event of no document has no order. */
const orderKeyOf = ({ documentId, locale }: MatchableEvent): string | null =>
  documentId === null ? null : `${documentId}:${locale ?? ''}`.slice(0, longestOrderKey);

/**
 * Whoever finds somebody in its line waits: those of earlier batches, by their line's name, and those before it
 * in this one. Pure.
 */
export function lineUp<M extends Match>(
  matches: readonly M[],
  occupied: ReadonlySet<string>,
  nameOf: (line: { webhookId: number; orderKey: string }) => string,
): M[] {
  const taken = new Set(occupied);
  return matches.map((found) => {
    if (found.orderKey === null) return found;
    const line = nameOf({ webhookId: found.webhookId, orderKey: found.orderKey });
    if (taken.has(line)) return { ...found, state: 'blocked' };
    taken.add(line);
    return found;
  });
}

/** A webhook never hears of itself: it would be told that it is disabled, by being called. */
const speaksOf = (event: MatchableEvent, webhookId: number): boolean =>
  event.uid === uids.webhook && event.documentId === String(webhookId);

/** `example.com:8443`, or nothing for what is no URL. */
export const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : '');
