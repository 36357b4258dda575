import { Checkbox, Field, Flex, Typography } from '@strapi/design-system';
import { useText } from '../../../text/useText';
import { useWebhookForm } from '../useWebhookForm';

/** Events that say nothing new to a receiver, and need not be sent. */
export function LessNoise() {
  const { t } = useText();
  const { values, set, disabled } = useWebhookForm();
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Typography variant="delta" fontWeight="bold" tag="h3">
        {t('noise.title')}
      </Typography>
      {(['skipUnchanged', 'onePublish'] as const).map((name) => (
        <Field.Root key={name} name={name} hint={t(`noise.${name}.hint`)}>
          <Checkbox
            checked={values[name]}
            disabled={disabled}
            onCheckedChange={(checked) => set(name, checked === true)}
          >
            {t(`noise.${name}.label`)}
          </Checkbox>
          <Field.Hint />
        </Field.Root>
      ))}
    </Flex>
  );
}
