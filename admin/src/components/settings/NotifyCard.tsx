import { Field, Textarea, Typography } from '@strapi/design-system';
import { useField } from '@strapi/strapi/admin';
import type { SettingsView } from '../../../../contracts';
import { useText } from '../../hooks/useText';
import { FixedBy, SettingsCard } from './SettingsCard';
import { useSettingsForm } from './useSettingsForm';

/** Who is told when a webhook is in trouble, and whether a message would go out at all. */
export function NotifyCard({ settings }: { settings: SettingsView }) {
  const { t } = useText();
  const { values, set, disabled } = useSettingsForm();
  const { error } = useField('notify');
  const { fixed } = settings.notify;
  return (
    <SettingsCard title={t('notify.title')} explained={t('notify.explained')}>
      <Field.Root name="notify" error={error} hint={t('notify.addresses_hint')}>
        <Field.Label>{t('notify.addresses')}</Field.Label>
        <Textarea
          value={values.notify}
          disabled={disabled || fixed}
          rows={3}
          style={{ minHeight: '8rem' }}
          onChange={(event) => set('notify', event.target.value)}
        />
        <Field.Error />
        <Field.Hint />
      </Field.Root>
      {fixed && <FixedBy option="notifications.to" />}
      <Typography variant="pi" textColor={settings.emailReady ? 'neutral600' : 'neutral800'} tag="p">
        {t(settings.emailReady ? 'notify.ready' : 'notify.not_ready')}
      </Typography>
    </SettingsCard>
  );
}
