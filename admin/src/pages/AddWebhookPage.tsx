import { useMemo } from 'react';
import { Page, useNotification } from '@strapi/strapi/admin';
import { useNavigate } from 'react-router-dom';
import { limits } from '../../../contracts';
import { useAllowed } from '../api/useAllowed';
import { webhookPath } from '../navigation/paths';
import { useAddressBar } from '../navigation/useAddressBar';
import { pluginPath } from '../pluginId';
import { useText } from '../text/useText';
import { BackLink } from '../ui/BackLink';
import { useCreateWebhook, useWebhook } from '../webhooks/api';
import { duplicateOf, prefilled } from '../webhooks/form/webhook-form';
import { WebhookForm } from '../webhooks/form/WebhookForm';
import { Protected, Screen } from './Screen';

/** A new webhook: empty, a copy (`?from=<id>`), or with something filled in (`?name=&url=&events=`). */
export function AddWebhookPage() {
  return (
    <Protected by="create">
      <AddWebhook />
    </Protected>
  );
}

function AddWebhook() {
  const { t } = useText();
  const navigate = useNavigate();
  const { get } = useAddressBar();
  const { toggleNotification } = useNotification();
  const [create] = useCreateWebhook();
  const allowed = useAllowed();
  const from = Number(get('from'));
  const original = useWebhook(from, { skip: !(from > 0) });

  const initialValues = useMemo(() => {
    if (!original.data) return prefilled(get);
    const name = t('form.copy_name', { name: original.data.name }).slice(0, limits.nameLength);
    return duplicateOf(original.data, name);
  }, [original.data, get, t]);

  if (original.isLoading) return <Page.Loading />;
  if (original.isError) return <Page.Error />;
  return (
    <Screen
      title={t('list.add')}
      navigationAction={allowed.read && <BackLink to={pluginPath}>{t('nav.webhooks')}</BackLink>}
    >
      <WebhookForm
        initialValues={initialValues}
        webhook={null}
        onSave={(values) => create(values).unwrap()}
        onSaved={({ id, name }) => {
          toggleNotification({ type: 'success', message: t('form.added', { name }) });
          if (allowed.read) navigate(webhookPath(id), { replace: true, state: { added: true } });
          else toggleNotification({ type: 'info', message: t('form.saved_hidden') });
        }}
      />
    </Screen>
  );
}
