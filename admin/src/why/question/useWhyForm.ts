import { useMemo, useState } from 'react';
import type { EntryReference, EventTypeView, WebhookView, WhyInput } from '../../../../contracts';
import { coveredEvents } from '../../events/event-options';
import { useCatalog } from '../../events/useCatalog';
import { useChosenWebhook } from '../../webhooks/useChosenWebhook';

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
  /** Why the webhooks could not be had. */
  error: unknown;
  refetch: () => void;
  webhook: WebhookView | undefined;
  chooseWebhook: (webhook: WebhookView) => void;
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

/** Which webhook, which event, which entry. */
export function useWhyForm(asked: WhyAsked): WhyForm {
  const catalog = useCatalog();
  const { webhook, choose, isLoading, error, refetch } = useChosenWebhook({
    given: asked.webhook,
    begin: asked.webhookId ?? undefined,
    first: asked.entry?.uid,
  });
  const [type, setType] = useState<string | null>(asked.eventType ?? null);
  const [scope, setScope] = useState<'any' | 'entry'>('any');
  const [chosen, setEntry] = useState<EntryReference | null>(null);

  const events = useMemo(() => {
    const ofEntry = catalog.events.filter(({ uid }) => !asked.entry || uid === asked.entry.uid);
    const own = new Set((webhook?.events ?? []).flatMap((pattern) => coveredEvents(pattern, catalog.events)));
    return [...ofEntry.filter((event) => own.has(event)), ...ofEntry.filter((event) => !own.has(event))];
  }, [catalog.events, asked.entry, webhook]);
  const event = events.find((candidate) => candidate.type === type) ?? events[0];
  const entry = asked.entry ?? (scope === 'entry' && chosen?.uid === event?.uid ? chosen : null);
  const isComplete = webhook && event && (scope === 'any' || asked.entry || entry);

  return {
    isLoading: catalog.isLoading || isLoading,
    error,
    refetch,
    webhook,
    chooseWebhook: choose,
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
          ...(entry?.locale ? { locale: entry.locale } : {}),
        }
      : null,
  };
}
