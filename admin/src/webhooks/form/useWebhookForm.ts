import { useTypedForm } from '../../editing/useTypedForm';
import type { WebhookFormState } from './webhook-form';

/** The state of the form of a webhook. */
export const useWebhookForm = () => useTypedForm<WebhookFormState>();
