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
}

export interface Match {
  eventId: number;
  webhookId: number;
  messageId: string;
  eventType: string;
  state: 'pending' | 'skipped';
  webhookName: string;
  host: string;
  uid: string | null;
  documentId: string | null;
  locale: string | null;
}

/** Which webhooks want an event, as rows to write. Pure. */
export function match(
  event: MatchableEvent,
  subscribers: readonly Subscriber[],
  wants: (pattern: string, eventType: string) => boolean,
): Match[] {
  return subscribers
    .filter((webhook) => webhook.events.some((pattern) => wants(pattern, event.type)))
    .map((webhook) => ({
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
    }));
}

/** `example.com:8443`, or nothing for what is no URL. */
export const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : '');
