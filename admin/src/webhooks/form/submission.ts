import { problemsOf } from '../../api/api-error';
import { complaintsAt } from '../../editing/complaints';
import { FormComplaint } from '../../editing/FormComplaint';
import {
  checkForm,
  shownAt,
  type FieldProblem,
  type StoredWebhook,
  type WebhookFormState,
} from './webhook-form';

const noEvent: FieldProblem = { path: 'events', message: 'choose at least one event' };

type ProblemText = (message: string) => string;

/**
 * Strapi's `validate`: returns the values as they will be sent, or throws the errors by field. `more`: what else is not
 * right, in fields that the webhook itself does not have. Without `isManualOnly` it needs an event: one that was forgotten
 * would be missed late.
 */
export const validator =
  (
    stored: StoredWebhook,
    problemText: ProblemText,
    { more = [], isManualOnly = false }: { more?: readonly FieldProblem[]; isManualOnly?: boolean } = {},
  ) =>
  (values: WebhookFormState): Promise<WebhookFormState> => {
    const { input, problems } = checkForm(values, stored);
    const forgotten = isManualOnly || values.events.length > 0 ? [] : [noEvent];
    if (input && more.length === 0 && forgotten.length === 0)
      return Promise.resolve({ ...input, urlSecret: values.urlSecret });
    return Promise.reject(new FormComplaint([...(problems ?? []), ...forgotten, ...more], problemText));
  };

/** The server's errors, each at its field: `{ url: '…', headers: [{ name: '…' }] }`. */
export const serverComplaints = (error: unknown, problemText: ProblemText): Record<string, unknown> =>
  complaintsAt(problemsOf(error), shownAt, problemText);
