import { Checkbox, Field } from '@strapi/design-system';
import { useText } from '../../../text/useText';
import { useWebhookForm } from '../useWebhookForm';

/** Whether deliveries also tell which entries show the one that changed. */
export function ShownByField() {
  const { t } = useText();
  const { values, set, disabled } = useWebhookForm();
  return (
    <Field.Root name="shownBy" hint={t('form.shown_by.hint')}>
      <Field.Label>{t('form.shown_by.label')}</Field.Label>
      <Checkbox
        checked={values.shownBy}
        disabled={disabled}
        onCheckedChange={(checked) => set('shownBy', checked === true)}
      >
        {t('form.shown_by.told')}
      </Checkbox>
      <Field.Hint />
    </Field.Root>
  );
}
