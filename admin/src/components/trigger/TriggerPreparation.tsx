import { Field, Flex, Radio, Typography } from '@strapi/design-system';
import { WarningCircle } from '@strapi/icons';
import { emptyTriggerType, type WebhookView } from '../../../../contracts';
import { useText } from '../../hooks/useText';
import { holdOf, reasonText } from '../../wording/attention';
import { EntryPicker } from '../entries/EntryPicker';
import { EventSelect } from '../events/EventSelect';
import type { TriggerForm } from './useTriggerForm';

interface TriggerPreparationProps {
  webhook: WebhookView;
  form: TriggerForm;
  /** The entry is chosen already: where the dialog was opened. */
  isGiven: boolean;
}

/** Before the call: what will happen, of which entry, and whether it will have to wait. */
export function TriggerPreparation({ webhook, form, isGiven }: TriggerPreparationProps) {
  const { t, rich } = useText();
  const { kind, chooseKind, event, events, chooseEvent, entry, chooseEntry } = form;
  return (
    <Flex direction="column" alignItems="stretch" gap={5}>
      <Typography tag="p">
        {rich('trigger.before', { host: webhook.host, b: (words) => <b>{words}</b> })}
      </Typography>
      <Waits webhook={webhook} />
      {!isGiven && (
        <Field.Root>
          <Field.Label>{t('trigger.with')}</Field.Label>
          <Radio.Group
            aria-label={t('trigger.with')}
            value={kind}
            onValueChange={(chosen) => chooseKind(chosen === 'empty' ? 'empty' : 'entry')}
          >
            <Radio.Item value="entry">{t('trigger.with.entry')}</Radio.Item>
            <Radio.Item value="empty">{t('trigger.with.empty')}</Radio.Item>
          </Radio.Group>
        </Field.Root>
      )}
      {kind === 'empty' ? (
        <Typography variant="pi" textColor="neutral600" tag="p">
          {t('trigger.empty_explained', { type: emptyTriggerType })}
        </Typography>
      ) : (
        <>
          <EventSelect events={events} value={event?.type} onChange={chooseEvent} />
          {event?.uid && !isGiven && (
            <EntryPicker key={event.uid} uid={event.uid} value={entry} onChange={chooseEntry} />
          )}
        </>
      )}
    </Flex>
  );
}

/** Whether it goes at once. */
export const isOff = ({ state }: WebhookView): boolean => state === 'paused' || state === 'disabled';

function Waits({ webhook }: { webhook: WebhookView }) {
  const { t } = useText();
  const reason = webhook.stateReason ? t(reasonText(webhook.stateReason), { detail: '' }) : '';
  const words = isOff(webhook)
    ? t('trigger.off')
    : webhook.state === 'away'
      ? t('trigger.away')
      : webhook.state === 'held' || holdOf(webhook)
        ? t('trigger.waits', { reason })
        : null;
  if (!words) return null;
  return (
    <Flex gap={2} role="status" alignItems="flex-start">
      <WarningCircle aria-hidden fill="warning600" style={{ flex: 'none' }} />
      <Typography textColor="neutral800">{words}</Typography>
    </Flex>
  );
}
