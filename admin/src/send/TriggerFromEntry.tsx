import { Field } from '@strapi/design-system';
import type { EntryReference } from '../../../contracts';
import { useText } from '../text/useText';
import { useChosenWebhook } from '../webhooks/useChosenWebhook';
import { WebhookSelect } from '../webhooks/WebhookSelect';
import { TriggerDialog } from './TriggerDialog';

interface TriggerFromEntryProps {
  entry: EntryReference;
  onClose: () => void;
}

/** *Trigger now* for the open entry: the webhook is chosen here, those subscribed to its events first. */
export function TriggerFromEntry({ entry, onClose }: TriggerFromEntryProps) {
  const { t } = useText();
  const { webhook, choose } = useChosenWebhook({ first: entry.uid });
  if (!webhook) return null;
  return (
    <TriggerDialog webhook={webhook} entry={entry} onClose={onClose}>
      <Field.Root name="webhook" required>
        <Field.Label>{t('trigger.webhook')}</Field.Label>
        <WebhookSelect value={webhook.id} first={entry.uid} onChange={choose} />
      </Field.Root>
    </TriggerDialog>
  );
}
