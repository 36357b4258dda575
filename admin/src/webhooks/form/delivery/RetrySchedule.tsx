import { useState } from 'react';
import { Field, Flex, Radio, TextInput } from '@strapi/design-system';
import { useField } from '@strapi/strapi/admin';
import { defaultRetryScheduleSeconds } from '../../../../../contracts';
import { retrySpan } from '../../../text/retry-span';
import { useSpanText } from '../../../text/useSpanText';
import { useText } from '../../../text/useText';
import { useWebhookForm } from '../useWebhookForm';
import { readDelays, unreadableDelays, writeDelays } from './delays';

type Choice = 'default' | 'none' | 'own';

const choiceOf = (schedule: readonly number[] | null): Choice => {
  if (schedule === null) return 'default';
  return schedule.length === 0 ? 'none' : 'own';
};

/** When a failed delivery is retried: the default schedule, never, or custom intervals. */
export function RetrySchedule() {
  const { t } = useText();
  const spanText = useSpanText();
  const { values, set, disabled } = useWebhookForm();
  const schedule = values.retryScheduleSeconds;
  const [isOwn, setOwn] = useState(choiceOf(schedule) === 'own');
  const usual = retrySpan(null);
  const choice = isOwn ? 'own' : choiceOf(schedule);

  const choose = (chosen: string) => {
    setOwn(chosen === 'own');
    if (chosen === 'default') set('retryScheduleSeconds', null);
    if (chosen === 'none') set('retryScheduleSeconds', []);
    if (chosen === 'own') set('retryScheduleSeconds', [...(schedule ?? defaultRetryScheduleSeconds)]);
  };
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <Field.Root name="retryChoice">
        <Field.Label>{t('form.retry.label')}</Field.Label>
        <Radio.Group
          value={choice}
          onValueChange={choose}
          disabled={disabled}
          aria-label={t('form.retry.label')}
        >
          <Radio.Item value="default">
            {t('form.retry.default', { span: usual ? spanText(usual) : '' })}
          </Radio.Item>
          <Radio.Item value="none">{t('form.retry.none')}</Radio.Item>
          <Radio.Item value="own">{t('form.retry.own')}</Radio.Item>
        </Radio.Group>
      </Field.Root>
      {choice === 'own' && <OwnSchedule />}
    </Flex>
  );
}

function OwnSchedule() {
  const { t } = useText();
  const spanText = useSpanText();
  const { values, set, disabled } = useWebhookForm();
  const { error } = useField('retryScheduleSeconds');
  const schedule = values.retryScheduleSeconds ?? [];
  // Null until somebody types: the schedule itself comes a moment later than this field.
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? writeDelays(schedule);
  const isReadable = readDelays(text) !== null;
  const span = isReadable ? retrySpan(schedule) : null;
  const hint = span
    ? t('form.retry.own_summary', { count: schedule.length, span: spanText(span) })
    : t('form.retry.own_hint');

  return (
    <Field.Root
      name="retryScheduleSeconds"
      hint={hint}
      error={isReadable ? error : t('form.retry.unreadable')}
    >
      <Field.Label>{t('form.retry.waits')}</Field.Label>
      <TextInput
        value={text}
        disabled={disabled}
        spellCheck={false}
        onChange={(event) => {
          setTyped(event.target.value);
          set('retryScheduleSeconds', readDelays(event.target.value) ?? unreadableDelays);
        }}
      />
      <Field.Error />
      <Field.Hint />
    </Field.Root>
  );
}
