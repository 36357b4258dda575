import { Checkbox, Field, Flex, Radio } from '@strapi/design-system';
import { useText } from '../../../text/useText';
import { useWebhookForm } from '../useWebhookForm';

/** One after the other for each entry, and what happens behind a permanently failed delivery. */
export function Order() {
  const { t } = useText();
  const { values, set, disabled } = useWebhookForm();
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <Field.Root name="ordered" hint={t('form.order.hint')}>
        <Field.Label>{t('form.order.label')}</Field.Label>
        <Checkbox
          checked={values.ordered}
          disabled={disabled}
          onCheckedChange={(checked) => set('ordered', checked === true)}
        >
          {t('form.order.ordered')}
        </Checkbox>
        <Field.Hint />
      </Field.Root>
      {values.ordered && (
        <Field.Root name="onFailedHead">
          <Field.Label>{t('form.order.head')}</Field.Label>
          <Radio.Group
            value={values.onFailedHead}
            onValueChange={(chosen) => set('onFailedHead', chosen === 'block' ? 'block' : 'pass')}
            disabled={disabled}
            aria-label={t('form.order.head')}
          >
            <Radio.Item value="pass">{t('form.order.pass')}</Radio.Item>
            <Radio.Item value="block">{t('form.order.block')}</Radio.Item>
          </Radio.Group>
        </Field.Root>
      )}
    </Flex>
  );
}
