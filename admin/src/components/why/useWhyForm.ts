import { useMemo, useState } from 'react';
import type { EntryReference, EventTypeView, WebhookView, WhyInput } from '../../../../contracts';
import { useCatalog } from '../../hooks/useCatalog';
import { useWebhooks } from '../../services/webhooks';
import { coveredEvents } from '../../values/event-options';

/** What is known where the question is asked; the rest is chosen in the dialog. */
export interface WhyAsked {
  webhook?: WebhookView;
  /** The webhook to begin with; another may be chosen. */
  webhookId?: number | undefined;
  entry?: EntryReference;
  eventType?: string | undefined;
}

export interface WhyForm {
  isLoading: boolean;
  webhooks: readonly WebhookView[];
  webhook: WebhookView | undefined;
  chooseWebhook: (id: number) => void;
  events: readonly EventTypeView[];
  event: EventTypeView | undefined;
  chooseEvent: (type: string) => void;
  entry: EntryReference | null;
  /** Any entry, or a certain one. */
  scope: 'any' | 'entry';
  chooseScope: (scope: 'any' | 'entry') => void;
  chooseEntry: (entry: EntryReference | null) => void;
  /** Null until everything is chosen. */
  question: (WhyInput & { id: number }) | null;
}

const webhooksAtMost = 100;

/** Which webhook, which event, which entry. */
export function useWhyForm(asked: WhyAsked): WhyForm {
  const catalog = useCatalog();
  const list = useWebhooks({ pageSize: webhooksAtMost }, { skip: asked.webhook !== undefined });
  const [webhookId, setWebhookId] = useState<number | null>(asked.webhookId ?? null);
  const [type, setType] = useState<string | null>(asked.eventType ?? null);
  const [scope, setScope] = useState<'any' | 'entry'>('any');
  const [chosen, setEntry] = useState<EntryReference | null>(null);

  const webhooks = useMemo(
    () => (asked.webhook ? [asked.webhook] : (list.data?.results ?? [])),
    [asked.webhook, list.data],
  );
  const webhook = webhooks.find(({ id }) => id === webhookId) ?? webhooks[0];

  const events = useMemo(() => {
    const ofEntry = catalog.events.filter(({ uid }) => !asked.entry || uid === asked.entry.uid);
    const own = new Set((webhook?.events ?? []).flatMap((pattern) => coveredEvents(pattern, catalog.events)));
    return [...ofEntry.filter((event) => own.has(event)), ...ofEntry.filter((event) => !own.has(event))];
  }, [catalog.events, asked.entry, webhook]);
  const event = events.find((candidate) => candidate.type === type) ?? events[0];
  const entry = asked.entry ?? (scope === 'entry' && chosen?.uid === event?.uid ? chosen : null);
  const isComplete = webhook && event && (scope === 'any' || asked.entry || entry);

  return {
    isLoading: catalog.isLoading || list.isLoading,
    webhooks,
    webhook,
    chooseWebhook: setWebhookId,
    events,
    event,
    chooseEvent: setType,
    entry,
    scope,
    chooseScope: setScope,
    chooseEntry: setEntry,
    question: isComplete
      ? {
          id: webhook.id,
          eventType: event.type,
          ...(entry ? { uid: entry.uid, documentId: entry.documentId } : {}),
        }
      : null,
  };
}
