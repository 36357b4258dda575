import type { ReactNode } from 'react';
import { Lightning } from '@strapi/icons';
import type { EntryReference, TriggerInput, WebhookView } from '../../../contracts';
import { useText } from '../text/useText';
import { useTrigger } from './api';
import { Refused } from './dialog/Refused';
import { SendDialog } from './dialog/SendDialog';
import { TriggerOutcome } from './dialog/TriggerOutcome';
import { isOff, TriggerPreparation } from './dialog/TriggerPreparation';
import { useSendForm, type SendForm } from './dialog/useSendForm';

interface TriggerDialogProps {
  webhook: WebhookView;
  /** Null if it is chosen in the dialog. */
  entry: EntryReference | null;
  onClose: () => void;
  /** Above everything: the choice of the webhook, if the dialog was opened from an entry. */
  children?: ReactNode;
}

const noSubscriptions: readonly string[] = [];

/** *Trigger now*: a real delivery, created manually. */
export function TriggerDialog({ webhook, entry, onClose, children }: TriggerDialogProps) {
  const { t } = useText();
  const subscriptions = webhook.events ?? noSubscriptions;
  const form = useSendForm({ subscriptions, given: entry, isOfEntries: true });
  const [trigger, { data, error: refusal, isLoading: isSending, originalArgs, reset }] = useTrigger();
  // The result of one webhook does not belong to another.
  const isOfThis = originalArgs?.id === webhook.id;
  const result = isOfThis ? data : undefined;
  const error = isOfThis ? refusal : undefined;
  const isAnswered = result !== undefined || error !== undefined;
  const input = inputOf(form);

  const send = () => {
    if (!input) return;
    reset();
    void trigger({ id: webhook.id, input });
  };

  return (
    <SendDialog
      title={t('trigger.title')}
      onClose={onClose}
      above={children}
      sending={t('trigger.sending')}
      isLoading={form.isLoading}
      isSending={isSending}
      button={
        isAnswered && !isSending
          ? { label: t('trigger.again'), variant: 'secondary', onPress: reset }
          : {
              label: t('trigger.send'),
              icon: <Lightning aria-hidden />,
              isDisabled: !input || isOff(webhook),
              onPress: send,
            }
      }
    >
      {error ? (
        <Refused title={t('trigger.refused')} error={error} />
      ) : result ? (
        <TriggerOutcome result={result} host={webhook.host} />
      ) : (
        <TriggerPreparation webhook={webhook} form={form} isGiven={entry !== null} />
      )}
    </SendDialog>
  );
}

/** Null until everything is chosen. */
function inputOf({ withEntry, event, entry }: SendForm): TriggerInput | null {
  if (!withEntry) return { eventType: null, entry: null };
  return event && entry ? { eventType: event.type, entry } : null;
}
