import { Field, Flex, NumberInput } from '@strapi/design-system';
import { useField } from '@strapi/strapi/admin';
import { limits } from '../../../../contracts';
import { useSpanText } from '../../hooks/useSpanText';
import { useText } from '../../hooks/useText';
import { retrySpan } from '../../wording/retry-span';
import { RetrySchedule } from './RetrySchedule';
import { useWebhookForm } from './useWebhookForm';

/** "Waits 15 seconds for an answer; retries for 3 days". */
export function useDeliverySummary(): string {
  const { t } = useText();
  const spanText = useSpanText();
  const { timeoutSeconds, retryScheduleSeconds } = useWebhookForm().values;
  const seconds = timeoutSeconds ?? limits.timeoutSeconds.default;
  const span = retrySpan(retryScheduleSeconds);
  const retries = span ? t('form.delivery.retries', { span: spanText(span) }) : t('form.delivery.no_retries');
  return t('form.delivery.summary', { seconds, retries });
}

/** How long to wait for an answer, and how often to try again. */
export function DeliverySection() {
  const { t } = useText();
  const { values, set, disabled } = useWebhookForm();
  const { error } = useField('timeoutSeconds');
  const { min, max, default: usual } = limits.timeoutSeconds;
  return (
    <Flex direction="column" alignItems="stretch" gap={6}>
      <Field.Root
        name="timeoutSeconds"
        error={error}
        hint={t('form.delivery.timeout_hint', { min, max, usual })}
        maxWidth="32rem"
      >
        <Field.Label>{t('form.delivery.timeout')}</Field.Label>
        <NumberInput
          value={values.timeoutSeconds ?? undefined}
          placeholder={String(usual)}
          disabled={disabled}
          onValueChange={(seconds) => set('timeoutSeconds', seconds ?? null)}
        />
        <Field.Error />
        <Field.Hint />
      </Field.Root>
      <RetrySchedule />
    </Flex>
  );
}
