import { useState } from 'react';
import {
  Field,
  Flex,
  Grid,
  NumberInput,
  Radio,
  SingleSelect,
  SingleSelectOption,
} from '@strapi/design-system';
import { useField } from '@strapi/strapi/admin';
import { useText, type Texts } from '../../../text/useText';
import { useWebhookForm } from '../useWebhookForm';

/** The selectable units in seconds. */
const units = [1, 60, 3600, 86_400] as const;
const usual = { count: 60, seconds: 60 };

/** "minute", "90 seconds": the period of a rate limit, used after "per". */
export function rateUnit(seconds: number, t: Texts['t']): string {
  const unit = units.find((known) => known === seconds);
  return unit === undefined ? t('form.rate.unit_other', { seconds }) : t(`form.rate.unit.${unit}`);
}

/** How many requests the receiver accepts. */
export function RateLimit() {
  const { t } = useText();
  const { values, set, disabled } = useWebhookForm();
  const isLimited = values.rateLimit !== null;
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <Field.Root name="rateChoice">
        <Field.Label>{t('form.rate.label')}</Field.Label>
        <Radio.Group
          value={isLimited ? 'limited' : 'none'}
          onValueChange={(chosen) => set('rateLimit', chosen === 'limited' ? usual : null)}
          disabled={disabled}
          aria-label={t('form.rate.label')}
        >
          <Radio.Item value="none">{t('form.rate.none')}</Radio.Item>
          <Radio.Item value="limited">{t('form.rate.limited')}</Radio.Item>
        </Radio.Group>
      </Field.Root>
      {isLimited && <Limit />}
    </Flex>
  );
}

function Limit() {
  const { t } = useText();
  const { values, set, disabled } = useWebhookForm();
  const { error: countError } = useField('rateLimit.count');
  const { error } = useField('rateLimit');
  const limit = values.rateLimit ?? usual;
  // A period set by the API stays among the choices.
  const [own] = useState(limit.seconds);
  const choices = units.some((unit) => unit === own) ? units : [own, ...units];

  return (
    <Field.Root
      name="rateLimit"
      error={countError ?? (typeof error === 'string' ? error : undefined)}
      hint={t('form.rate.hint')}
    >
      <Grid.Root gap={3} maxWidth="32rem">
        <Grid.Item col={6} xs={6} direction="column" alignItems="stretch">
          <NumberInput
            aria-label={t('form.rate.count')}
            value={limit.count}
            disabled={disabled}
            onValueChange={(count) => set('rateLimit', { ...limit, count: count ?? 0 })}
          />
        </Grid.Item>
        <Grid.Item col={6} xs={6} direction="column" alignItems="stretch">
          <SingleSelect
            aria-label={t('form.rate.per')}
            value={String(limit.seconds)}
            disabled={disabled}
            onChange={(seconds) => set('rateLimit', { ...limit, seconds: Number(seconds) })}
          >
            {choices.map((seconds) => (
              <SingleSelectOption key={seconds} value={String(seconds)}>
                {`${t('form.rate.per')} ${rateUnit(seconds, t)}`}
              </SingleSelectOption>
            ))}
          </SingleSelect>
        </Grid.Item>
      </Grid.Root>
      <Field.Error />
      <Field.Hint />
    </Field.Root>
  );
}
