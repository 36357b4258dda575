import { subscriptionPattern, webhookInput, type WebhookInput, type WebhookView } from '../../../contracts';

/** What stands in the form: the same as is sent. */
export interface WebhookFormState {
  name: string;
  url: string;
  events: string[];
  active: boolean;
  headers: FormHeader[];
  timeoutSeconds: number | null;
  retryScheduleSeconds: number[] | null;
  rateLimit: { count: number; seconds: number } | null;
  ordered: boolean;
  onFailedHead: 'pass' | 'block';
}

/** `value: null` is a stored secret value that stays as it is. */
export interface FormHeader {
  name: string;
  value: string | null;
  secret: boolean;
}

export const emptyForm: WebhookFormState = {
  name: '',
  url: '',
  events: [],
  active: true,
  headers: [],
  timeoutSeconds: null,
  retryScheduleSeconds: null,
  rateLimit: null,
  ordered: false,
  onFailedHead: 'pass',
};

export function formOf(webhook: WebhookView): WebhookFormState {
  const { name, url, events, active, headers, timeoutSeconds, retryScheduleSeconds } = webhook;
  const { rateLimit, ordered, onFailedHead } = webhook;
  return {
    name,
    url,
    events,
    active,
    headers,
    timeoutSeconds,
    retryScheduleSeconds,
    rateLimit,
    ordered,
    onFailedHead,
  };
}

/** A copy of a webhook under another name. Its secret values do not travel: they must be typed again. */
export function duplicateOf(webhook: WebhookView, name: string): WebhookFormState {
  const headers = webhook.headers.map((header) => ({ ...header, value: header.value ?? '' }));
  return { ...formOf(webhook), name, headers };
}

/** What an address like `/new?name=…&url=…&events=a.b,*.published` fills in. */
export function prefilled(get: (name: string) => string | undefined): WebhookFormState {
  const events = (get('events') ?? '').split(',').filter((event) => subscriptionPattern.test(event));
  return { ...emptyForm, name: get('name') ?? '', url: get('url') ?? '', events };
}

export interface FieldProblem {
  /** `headers.0.name`; the fields of a list without inputs of their own are told at the list. */
  path: string;
  message: string;
}

const lists = ['events', 'retryScheduleSeconds'];

/** Where a complaint about `path` is shown. */
export const shownAt = (path: readonly string[]): string =>
  path[0] !== undefined && lists.includes(path[0]) ? path[0] : path.join('.');

/** The form by the very rules of the server. A new webhook has no stored secret value to keep. */
export function checkForm(
  form: WebhookFormState,
  isNew: boolean,
): { input: WebhookInput; problems: null } | { input: null; problems: FieldProblem[] } {
  const parsed = webhookInput.safeParse(form);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => ({ path: shownAt(path.map(String)), message }));
  form.headers.forEach(({ secret, value }, index) => {
    if (secret && (value === '' || (isNew && value === null))) {
      problems.push({ path: `headers.${index}.value`, message: 'is required' });
    }
  });
  if (parsed.success && problems.length === 0) return { input: parsed.data, problems: null };
  return { input: null, problems };
}

/** The host of what was typed, or null. */
export function hostOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).host || null : null;
}
