import { useChoicesOf, type Choices } from '../../../conditions/api';
import { useWebhookForm } from '../useWebhookForm';

/** What can be compared in the events of the form. */
export const useChoices = (): Choices => useChoicesOf(useWebhookForm().values.events);
