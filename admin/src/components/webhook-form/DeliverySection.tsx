import { Field, Flex, NumberInput } from '@strapi/design-system';
import { useField } from '@strapi/strapi/admin';
import { limits } from '../../../../contracts';
import { useSpanText } from '../../hooks/useSpanText';
import { useText } from '../../hooks/useText';
import { retrySpan } from '../../wording/retry-span';
import { Order } from './Order';
import { RateLimit, rateUnit } from './RateLimit';
import { RetrySchedule } from './RetrySchedule';
import { useWebhookForm } from './useWebhookForm';

/** "Waits 15 seconds for an answer; retries for 3 days; at most 60 requests per minute". */
export function useDeliverySummary(): string {
  const { t } = useText();
  const spanText = useSpanText();
  const { timeoutSeconds, retryScheduleSeconds, rateLimit, ordered, onFailedHead } = useWebhookForm().values;
  const seconds = timeoutSeconds ?? limits.timeoutSeconds.default;
  const span = retrySpan(retryScheduleSeconds);
  const retries = span ? t('form.delivery.retries', { span: spanText(span) }) : t('form.delivery.no_retries');
  const parts = [t('form.delivery.summary', { seconds, retries })];
  if (rateLimit) {
    parts.push(t('form.rate.summary', { count: rateLimit.count, unit: rateUnit(rateLimit.seconds, t) }));
  }
  if (ordered) parts.push(t(`form.order.summary_${onFailedHead}`));
  return parts.join('; ');
}

/** How long to wait for an answer, how often to try again, how many at a time and in which order. */
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
      <RateLimit />
      <Order />
    </Flex>
  );
}
