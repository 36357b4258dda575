import { Checkbox, Field, Flex, Grid, NumberInput } from '@strapi/design-system';
import { useField } from '@strapi/strapi/admin';
import type { SettingsView } from '../../../../contracts';
import { useText, type TextId } from '../../text/useText';
import { FixedBy, SettingsCard } from './SettingsCard';
import { useSettingsForm } from './useSettingsForm';

/** How long the log and the bodies are kept. */
export function RetentionCard({ settings }: { settings: SettingsView }) {
  const { t } = useText();
  return (
    <SettingsCard title={t('retention.title')} explained={t('retention.explained')}>
      <Grid.Root gap={4}>
        <Grid.Item col={6} s={12} xs={12} direction="column" alignItems="stretch">
          <Days
            name="deliveryDays"
            label="retention.delivery_days"
            hint="retention.delivery_days_hint"
            fixed={settings.deliveryDays.fixed}
          />
        </Grid.Item>
        <Grid.Item col={6} s={12} xs={12} direction="column" alignItems="stretch">
          <Days
            name="bodyDays"
            label="retention.body_days"
            hint="retention.body_days_hint"
            fixed={settings.bodyDays.fixed}
          />
        </Grid.Item>
      </Grid.Root>
      <DropDelivered fixed={settings.dropDeliveredBodies.fixed} />
    </SettingsCard>
  );
}

interface DaysProps {
  name: 'deliveryDays' | 'bodyDays';
  label: TextId;
  hint: TextId;
  fixed: boolean;
}

function Days({ name, label, hint, fixed }: DaysProps) {
  const { t } = useText();
  const { values, set, disabled } = useSettingsForm();
  const { error } = useField(name);
  return (
    <Flex direction="column" alignItems="stretch" gap={1}>
      <Field.Root name={name} error={error} hint={t(hint)}>
        <Field.Label>{t(label)}</Field.Label>
        <NumberInput
          value={values[name] ?? undefined}
          disabled={disabled || fixed}
          onValueChange={(days) => set(name, days ?? null)}
        />
        <Field.Error />
        <Field.Hint />
      </Field.Root>
      {fixed && <FixedBy option={`retention.${name}`} />}
    </Flex>
  );
}

function DropDelivered({ fixed }: { fixed: boolean }) {
  const { t } = useText();
  const { values, set, disabled } = useSettingsForm();
  return (
    <Flex direction="column" alignItems="stretch" gap={1}>
      <Field.Root name="dropDeliveredBodies" hint={t('retention.drop_hint')}>
        <Checkbox
          checked={values.dropDeliveredBodies}
          disabled={disabled || fixed}
          onCheckedChange={(checked) => set('dropDeliveredBodies', checked === true)}
        >
          {t('retention.drop')}
        </Checkbox>
        <Field.Hint />
      </Field.Root>
      {fixed && <FixedBy option="retention.dropDeliveredBodies" />}
    </Flex>
  );
}
