import { useMemo } from 'react';
import { useNotification } from '@strapi/strapi/admin';
import type { WebhookView } from '../../../../contracts';
import { useText } from '../../text/useText';
import { useUpdateWebhook } from '../api';
import { formOf } from '../form/webhook-form';
import { WebhookForm } from '../form/WebhookForm';

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
      onSave={(_values, change) => update({ id: webhook.id, change }).unwrap()}
      onSaved={({ name }) => toggleNotification({ type: 'success', message: t('form.saved', { name }) })}
    />
  );
}
