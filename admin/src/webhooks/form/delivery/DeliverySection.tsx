import { Field, Flex, NumberInput } from '@strapi/design-system';
import { useField } from '@strapi/strapi/admin';
import { limits } from '../../../../../contracts';
import { retrySpan } from '../../../text/retry-span';
import { useSpanText } from '../../../text/useSpanText';
import { useText } from '../../../text/useText';
import { useWebhookForm } from '../useWebhookForm';
import { AlertAfter } from './AlertAfter';
import { Merge } from './Merge';
import { Order } from './Order';
import { RateLimit, rateUnit } from './RateLimit';
import { RetrySchedule } from './RetrySchedule';

/** "Time-out 15 seconds; retries for 3 days; at most 60 requests per minute". */
export function useDeliverySummary(): string {
  const { t } = useText();
  const spanText = useSpanText();
  const { timeoutSeconds, retryScheduleSeconds, rateLimit, ordered, onFailedHead, collapse } =
    useWebhookForm().values;
  const seconds = timeoutSeconds ?? limits.timeoutSeconds.default;
  const isReadable = !retryScheduleSeconds?.some(Number.isNaN);
  const span = isReadable ? retrySpan(retryScheduleSeconds) : null;
  const retries = span ? t('form.delivery.retries', { span: spanText(span) }) : t('form.delivery.no_retries');
  const parts = [t('form.delivery.summary', { seconds, retries })];
  if (rateLimit) {
    parts.push(t('form.rate.summary', { count: rateLimit.count, unit: rateUnit(rateLimit.seconds, t) }));
  }
  if (collapse) parts.push(t('form.merge.summary', { seconds: collapse.quietSeconds }));
  else if (ordered) parts.push(t(`form.order.summary_${onFailedHead}`));
  return parts.join('; ');
}

/** Time-out, retry schedule, rate limit, order and when somebody is told. */
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
      <Merge />
      {/* Merged events have no order. */}
      {values.collapse === null && <Order />}
      <AlertAfter />
    </Flex>
  );
}
