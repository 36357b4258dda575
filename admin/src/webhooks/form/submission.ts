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

type ProblemText = (message: string) => string;

/**
 * Strapi's `validate`: returns the values as they will be sent, or throws the errors by field. `more`: what else is not
 * right, in fields that the webhook itself does not have.
 */
export const validator =
  (stored: StoredWebhook, problemText: ProblemText, more: readonly FieldProblem[] = []) =>
  (values: WebhookFormState): Promise<WebhookFormState> => {
    const { input, problems } = checkForm(values, stored);
    if (input && more.length === 0) return Promise.resolve({ ...input, urlSecret: values.urlSecret });
    return Promise.reject(new FormComplaint([...(problems ?? []), ...more], problemText));
  };

/** The server's errors, each at its field: `{ url: '…', headers: [{ name: '…' }] }`. */
export const serverComplaints = (error: unknown, problemText: ProblemText): Record<string, unknown> =>
  complaintsAt(problemsOf(error), shownAt, problemText);
