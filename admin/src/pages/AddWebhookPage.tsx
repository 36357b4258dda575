import { useMemo } from 'react';
import { Layouts, Page, useNotification } from '@strapi/strapi/admin';
import { useNavigate } from 'react-router-dom';
import { limits, permissions } from '../../../contracts';
import { BackLink } from '../components/BackLink';
import { WebhookForm } from '../components/webhook-form/WebhookForm';
import { useAddressBar } from '../hooks/useAddressBar';
import { useText } from '../hooks/useText';
import { pluginPath } from '../pluginId';
import { useCreateWebhook, useWebhook } from '../services/webhooks';
import { duplicateOf, prefilled } from '../values/webhook-form';
import { webhookPath } from '../values/paths';

/** A new webhook: empty, a copy (`?from=<id>`), or with something filled in (`?name=&url=&events=`). */
export function AddWebhookPage() {
  return (
    <Page.Protect permissions={[{ action: permissions.create, subject: null }]}>
      <AddWebhook />
    </Page.Protect>
  );
}

function AddWebhook() {
  const { t } = useText();
  const navigate = useNavigate();
  const { get } = useAddressBar();
  const { toggleNotification } = useNotification();
  const [create] = useCreateWebhook();
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
    <Page.Main>
      <Page.Title>{t('list.add')}</Page.Title>
      <Layouts.Header
        title={t('list.add')}
        navigationAction={<BackLink to={pluginPath}>{t('nav.webhooks')}</BackLink>}
      />
      <Layouts.Content>
        <WebhookForm
          initialValues={initialValues}
          webhook={null}
          onSave={(values) => create(values).unwrap()}
          onSaved={({ id, name }) => {
            toggleNotification({ type: 'success', message: t('form.added', { name }) });
            navigate(webhookPath(id), { replace: true });
          }}
        />
      </Layouts.Content>
    </Page.Main>
  );
}
