import { checkForm, shownAt, type WebhookFormState } from '../../values/webhook-form';
import { problemsOf } from '../../values/api-error';

/** Strapi's form takes complaints in the shape that yup throws. */
export class FormComplaint extends Error {
  override readonly name = 'ValidationError';

  constructor(readonly inner: { path: string; message: string }[]) {
    super('The form is not complete.');
  }
}

type ProblemText = (message: string) => string;

/** Strapi's `validate`: gives the values back as they will be sent, or throws the complaints by field. */
export const validator =
  (isNew: boolean, problemText: ProblemText) =>
  (values: WebhookFormState): Promise<WebhookFormState> => {
    const { input, problems } = checkForm(values, isNew);
    if (input) return Promise.resolve(input);
    return Promise.reject(
      new FormComplaint(problems.map(({ path, message }) => ({ path, message: problemText(message) }))),
    );
  };

/** The server's complaints, each at its field: `{ url: '…', headers: [{ name: '…' }] }`. */
export function serverComplaints(error: unknown, problemText: ProblemText): Record<string, unknown> {
  const complaints: Record<string, unknown> = {};
  for (const { path, message } of problemsOf(error)) {
    place(complaints, shownAt(path).split('.'), problemText(message));
  }
  return complaints;
}

function place(into: Record<string, unknown>, [first, ...rest]: string[], message: string): void {
  if (first === undefined) return;
  if (rest.length === 0) {
    into[first] ??= message;
    return;
  }
  const inner = into[first];
  const next = typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>) : {};
  into[first] = next;
  place(next, rest, message);
}
