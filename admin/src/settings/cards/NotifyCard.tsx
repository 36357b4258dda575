import { Button, Field, Flex, Textarea, Typography } from '@strapi/design-system';
import { Mail, WarningCircle } from '@strapi/icons';
import { useField, useNotification } from '@strapi/strapi/admin';
import type { MailFailure, SettingsView } from '../../../../contracts';
import { useAllowed } from '../../api/useAllowed';
import { useRefusal } from '../../api/useRefusal';
import { useText } from '../../text/useText';
import { Mono } from '../../ui/Mono';
import { RelativeTime } from '../../ui/RelativeTime';
import { useSendTestEmail } from '../api';
import { FixedBy, SettingsCard } from './SettingsCard';
import { useSettingsForm } from './useSettingsForm';

/** Who gets e-mail alerts about webhooks, and whether e-mails are sent at all. */
export function NotifyCard({ settings }: { settings: SettingsView }) {
  const { t } = useText();
  const { values, set, disabled } = useSettingsForm();
  const { error } = useField('notify');
  const allowed = useAllowed();
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
      {settings.mailFailure && <LastFailure failure={settings.mailFailure} />}
      {settings.emailReady && allowed.settingsUpdate && <TestEmail />}
    </SettingsCard>
  );
}

/** An alert that nobody got: else only the server's log would say so. */
function LastFailure({ failure: { at, error } }: { failure: MailFailure }) {
  const { rich } = useText();
  return (
    <Flex gap={3} alignItems="flex-start" role="status">
      <WarningCircle aria-hidden fill="danger600" style={{ flex: 'none', marginTop: '0.3rem' }} />
      <div>
        <Typography tag="p">
          {rich('notify.last_failure', { when: <RelativeTime key="when" at={at} /> })}
        </Typography>
        <Mono variant="pi" tag="p" style={{ overflowWrap: 'anywhere' }}>
          {error}
        </Mono>
      </div>
    </Flex>
  );
}

function TestEmail() {
  const { t } = useText();
  const showRefusal = useRefusal();
  const { toggleNotification } = useNotification();
  const [send, { isLoading }] = useSendTestEmail();
  const press = async () => {
    const answer = await send();
    if ('error' in answer) return showRefusal(answer.error);
    const { to, error } = answer.data;
    if (error === null) toggleNotification({ type: 'success', message: t('notify.test_sent', { to }) });
    else toggleNotification({ type: 'danger', title: t('notify.test_failed'), message: error });
  };
  return (
    <Flex>
      <Button variant="secondary" startIcon={<Mail aria-hidden />} loading={isLoading} onClick={press}>
        {t('notify.test')}
      </Button>
    </Flex>
  );
}
