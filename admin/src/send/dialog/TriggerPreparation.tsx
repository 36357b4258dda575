import { Flex, Typography } from '@strapi/design-system';
import { WarningCircle } from '@strapi/icons';
import { emptyTriggerType, type WebhookView } from '../../../../contracts';
import { EntryPicker } from '../../entry/EntryPicker';
import { EventSelect } from '../../events/EventSelect';
import { useText } from '../../text/useText';
import { RadioField } from '../../ui/RadioField';
import { troublesOf } from '../../webhooks/trouble';
import { useTroubleWords } from '../../webhooks/useTroubleWords';
import type { SendForm } from './useSendForm';

interface TriggerPreparationProps {
  webhook: WebhookView;
  form: SendForm;
  /** The entry is already given: the one where the dialog was opened. */
  isGiven: boolean;
}

/** Before the trigger: what will happen, for which entry, and whether it will have to wait. */
export function TriggerPreparation({ webhook, form, isGiven }: TriggerPreparationProps) {
  const { t, rich } = useText();
  const { withEntry, chooseWithEntry, event, events, chooseEvent, entry, chooseEntry } = form;
  return (
    <Flex direction="column" alignItems="stretch" gap={5}>
      <Typography tag="p">
        {rich('trigger.before', { host: webhook.host, b: (words) => <b>{words}</b> })}
      </Typography>
      <Waits webhook={webhook} />
      {!isGiven && (
        <RadioField
          label={t('trigger.with')}
          choices={[
            { value: 'entry', label: t('trigger.with.entry') },
            { value: 'empty', label: t('trigger.with.empty') },
          ]}
          value={withEntry ? 'entry' : 'empty'}
          onChange={(kind) => chooseWithEntry(kind === 'entry')}
        />
      )}
      {!withEntry ? (
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

/** Whether it is sent at once. */
export const isOff = ({ state }: WebhookView): boolean => state === 'paused' || state === 'disabled';

function Waits({ webhook }: { webhook: WebhookView }) {
  const { t } = useText();
  const { sentence } = useTroubleWords();
  const hold = troublesOf(webhook).find(({ code }) => code === 'held' || code === 'slowed');
  const words = isOff(webhook)
    ? t('trigger.off')
    : webhook.state === 'away'
      ? t('trigger.away')
      : hold
        ? t('trigger.waits', { reason: sentence(hold) })
        : null;
  if (!words) return null;
  return (
    <Flex gap={2} role="status" alignItems="flex-start">
      <WarningCircle aria-hidden fill="warning600" style={{ flex: 'none' }} />
      <Typography textColor="neutral800">{words}</Typography>
    </Flex>
  );
}
