import { useMemo } from 'react';
import { Box, Button, Flex, LinkButton } from '@strapi/design-system';
import { List, Trash } from '@strapi/icons';
import { Layouts, Page, useNotification } from '@strapi/strapi/admin';
import { Link, useNavigate, useParams } from 'react-router-dom';
import { permissions, type WebhookView } from '../../../contracts';
import { AttentionStrip } from '../components/AttentionStrip';
import { BackLink } from '../components/BackLink';
import { DeleteDialog } from '../components/webhook-list/DeleteDialog';
import { useListActions } from '../components/webhook-list/useListActions';
import { WebhookForm } from '../components/webhook-form/WebhookForm';
import { useAllowed } from '../hooks/useAllowed';
import { useText } from '../hooks/useText';
import { pluginPath } from '../pluginId';
import { useUpdateWebhook, useWebhook } from '../services/webhooks';
import { formOf } from '../values/webhook-form';
import { useState } from 'react';

/** One saved webhook. */
export function EditWebhookPage() {
  return (
    <Page.Protect permissions={[{ action: permissions.read, subject: null }]}>
      <LoadWebhook />
    </Page.Protect>
  );
}

function LoadWebhook() {
  const { t } = useText();
  const id = Number(useParams().id);
  const isNumber = Number.isInteger(id) && id > 0;
  const { data, isLoading } = useWebhook(id, { skip: !isNumber });
  if (isLoading) return <Page.Loading />;
  if (!data) {
    const back = <BackLink to={pluginPath}>{t('nav.webhooks')}</BackLink>;
    return <Page.Error content={t('form.not_found')} action={back} />;
  }
  return <EditWebhook key={data.id} webhook={data} />;
}

function EditWebhook({ webhook }: { webhook: WebhookView }) {
  const { t } = useText();
  const { toggleNotification } = useNotification();
  const [update] = useUpdateWebhook();
  const { change } = useListActions();
  const initialValues = useMemo(() => formOf(webhook), [webhook]);

  return (
    <Page.Main>
      <Page.Title>{webhook.name}</Page.Title>
      <Layouts.Header
        title={webhook.name}
        subtitle={webhook.host}
        navigationAction={<BackLink to={pluginPath}>{t('nav.webhooks')}</BackLink>}
        primaryAction={<HeaderActions webhook={webhook} />}
      />
      <Layouts.Content>
        {webhook.needsAttention && (
          <Box paddingBottom={6}>
            <AttentionStrip webhook={webhook} isOwnPage onTurnOn={() => change([webhook], 'enable')} />
          </Box>
        )}
        <WebhookForm
          initialValues={initialValues}
          webhook={webhook}
          onSave={(input) => update({ id: webhook.id, input }).unwrap()}
          onSaved={({ name }) => toggleNotification({ type: 'success', message: t('form.saved', { name }) })}
        />
      </Layouts.Content>
    </Page.Main>
  );
}

function HeaderActions({ webhook }: { webhook: WebhookView }) {
  const { t } = useText();
  const allowed = useAllowed();
  const navigate = useNavigate();
  const { change } = useListActions();
  const [isAsking, setAsking] = useState(false);
  return (
    <Flex gap={2} wrap="wrap">
      {allowed.deliveriesRead && (
        <LinkButton
          tag={Link}
          to={`${pluginPath}/deliveries?webhook=${webhook.id}`}
          variant="tertiary"
          startIcon={<List aria-hidden />}
        >
          {t('list.view_deliveries')}
        </LinkButton>
      )}
      {allowed.delete && (
        <Button variant="danger-light" startIcon={<Trash aria-hidden />} onClick={() => setAsking(true)}>
          {t('list.delete')}
        </Button>
      )}
      <DeleteDialog
        names={isAsking ? [webhook.name] : []}
        onClose={() => setAsking(false)}
        onConfirm={async () => {
          if (await change([webhook], 'delete')) navigate(pluginPath, { replace: true });
        }}
      />
    </Flex>
  );
}
