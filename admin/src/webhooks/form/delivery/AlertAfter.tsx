import { Field, Flex, Grid, NumberInput, Radio } from '@strapi/design-system';
import { useField } from '@strapi/strapi/admin';
import type { AlertAfter as Threshold } from '../../../../../contracts';
import { useText } from '../../../text/useText';
import { useWebhookForm } from '../useWebhookForm';

/** A receiver that restarts is no outage; one that is away for a quarter of an hour is. */
const usual: Threshold = { failures: null, minutes: 15 };

/** When its owner is told that the webhook fails. */
export function AlertAfter() {
  const { t } = useText();
  const { values, set, disabled } = useWebhookForm();
  const { alertAfter } = values;
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <Field.Root name="alertChoice" hint={t('form.alert.hint')}>
        <Field.Label>{t('form.alert.label')}</Field.Label>
        <Radio.Group
          value={alertAfter === null ? 'usual' : 'own'}
          onValueChange={(chosen) => set('alertAfter', chosen === 'own' ? usual : null)}
          disabled={disabled}
          aria-label={t('form.alert.label')}
        >
          <Radio.Item value="usual">{t('form.alert.usual')}</Radio.Item>
          <Radio.Item value="own">{t('form.alert.own')}</Radio.Item>
        </Radio.Group>
        <Field.Hint />
      </Field.Root>
      {alertAfter && (
        <Grid.Root gap={4} maxWidth="64rem">
          <Count name="failures" threshold={alertAfter} />
          <Count name="minutes" threshold={alertAfter} />
        </Grid.Root>
      )}
    </Flex>
  );
}

function Count({ name, threshold }: { name: 'failures' | 'minutes'; threshold: Threshold }) {
  const { t } = useText();
  const { set, disabled } = useWebhookForm();
  const { error } = useField(`alertAfter.${name}`);
  return (
    <Grid.Item col={6} xs={12} direction="column" alignItems="stretch">
      <Field.Root name={`alertAfter.${name}`} error={error} hint={t(`form.alert.${name}_hint`)}>
        <Field.Label>{t(`form.alert.${name}`)}</Field.Label>
        <NumberInput
          value={threshold[name] ?? undefined}
          disabled={disabled}
          onValueChange={(count) => set('alertAfter', { ...threshold, [name]: count ?? null })}
        />
        <Field.Error />
        <Field.Hint />
      </Field.Root>
    </Grid.Item>
  );
}
