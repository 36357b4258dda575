import { useMemo, useState } from 'react';
import { Field, SingleSelect, SingleSelectOption } from '@strapi/design-system';
import type { EntryReference, WebhookView } from '../../../../contracts';
import { useCatalog } from '../../hooks/useCatalog';
import { useText } from '../../hooks/useText';
import { coveredEvents } from '../../values/event-options';
import { TriggerDialog } from './TriggerDialog';

interface TriggerFromEntryProps {
  entry: EntryReference;
  webhooks: readonly WebhookView[];
  onClose: () => void;
}

/** *Trigger now* of the entry that is open: which webhook is chosen here, those that wait for its events first. */
export function TriggerFromEntry({ entry, webhooks, onClose }: TriggerFromEntryProps) {
  const { t } = useText();
  const { events } = useCatalog();
  const [chosen, setChosen] = useState<number | null>(null);
  const sorted = useMemo(() => {
    const waits = (webhook: WebhookView) =>
      webhook.events.some((name) => coveredEvents(name, events).some(({ uid }) => uid === entry.uid));
    return [...webhooks.filter(waits), ...webhooks.filter((webhook) => !waits(webhook))];
  }, [webhooks, events, entry.uid]);
  const webhook = sorted.find(({ id }) => id === chosen) ?? sorted[0];
  if (!webhook) return null;
  return (
    <TriggerDialog webhook={webhook} entry={entry} onClose={onClose}>
      <Field.Root name="webhook" required>
        <Field.Label>{t('trigger.webhook')}</Field.Label>
        <SingleSelect value={String(webhook.id)} onChange={(id) => setChosen(Number(id))}>
          {sorted.map(({ id, name, host }) => (
            <SingleSelectOption key={id} value={String(id)}>
              {`${name} (${host})`}
            </SingleSelectOption>
          ))}
        </SingleSelect>
      </Field.Root>
    </TriggerDialog>
  );
}
