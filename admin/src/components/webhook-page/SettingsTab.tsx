import { useMemo } from 'react';
import { useNotification } from '@strapi/strapi/admin';
import type { WebhookView } from '../../../../contracts';
import { useText } from '../../hooks/useText';
import { useUpdateWebhook } from '../../services/webhooks';
import { formOf } from '../../values/webhook-form';
import { WebhookForm } from '../webhook-form/WebhookForm';

/** The form of a saved webhook. */
export function SettingsTab({ webhook }: { webhook: WebhookView }) {
  const { t } = useText();
  const { toggleNotification } = useNotification();
  const [update] = useUpdateWebhook();
  const initialValues = useMemo(() => formOf(webhook), [webhook]);
  return (
    <WebhookForm
      initialValues={initialValues}
      webhook={webhook}
      onSave={(input) => update({ id: webhook.id, input }).unwrap()}
      onSaved={({ name }) => toggleNotification({ type: 'success', message: t('form.saved', { name }) })}
    />
  );
}
