import {
  isSecretAddress,
  isShownAddress,
  parseUrl,
  sameOrigin,
  subscriptionPattern,
  webhookInput,
  type AlertAfter,
  type Collapse,
  type FieldTrees,
  type PayloadFormat,
  type RequestTemplate,
  type TemplateSecret,
  type WebhookChange,
  type WebhookConditions,
  type WebhookInput,
  type WebhookView,
} from '../../../../contracts';
import { changesOf } from '../../editing/edits';
import { placeIn, unfilledRows } from '../../conditions/groups';

/** The values of the form, as they are sent. */
export interface WebhookFormState {
  name: string;
  /** For a stored secret URL: its origin and dots, which keep it. */
  url: string;
  /** Whether the URL is secret. */
  urlSecret: boolean;
  events: string[];
  active: boolean;
  headers: FormHeader[];
  timeoutSeconds: number | null;
  retryScheduleSeconds: number[] | null;
  rateLimit: { count: number; seconds: number } | null;
  ordered: boolean;
  onFailedHead: 'pass' | 'block';
  /** Deliveries tell which entries show the one that changed. */
  shownBy: boolean;
  /** Null: always. A row that is not filled in yet is a condition that is refused. */
  conditions: WebhookConditions | null;
  collapse: Collapse | null;
  skipUnchanged: boolean;
  onePublish: boolean;
  /** Which fields of an entry are sent, by the uid of its content type. */
  fields: FieldTrees | null;
  alertAfter: AlertAfter | null;
  format: PayloadFormat;
  /** Kept while another format is chosen. */
  template: RequestTemplate | null;
  /** `value: null` is a stored value that is kept. */
  templateSecrets: TemplateSecret[];
}

/** `value: null` is a stored secret value that is kept. */
export interface FormHeader {
  name: string;
  value: string | null;
  secret: boolean;
}

export const emptyForm: WebhookFormState = {
  name: '',
  url: '',
  urlSecret: false,
  events: [],
  active: true,
  headers: [],
  timeoutSeconds: null,
  retryScheduleSeconds: null,
  rateLimit: null,
  ordered: false,
  onFailedHead: 'pass',
  shownBy: false,
  conditions: null,
  collapse: null,
  // Says nothing to anybody; that an event is left out that was chosen is for people to decide.
  skipUnchanged: true,
  onePublish: false,
  fields: null,
  alertAfter: null,
  format: 'standard',
  template: null,
  templateSecrets: [],
};

export function formOf(webhook: WebhookView): WebhookFormState {
  const { name, url, urlSecret, events, active, headers, timeoutSeconds, retryScheduleSeconds } = webhook;
  const { rateLimit, ordered, onFailedHead, shownBy, conditions, collapse, fields, alertAfter } = webhook;
  const { skipUnchanged, onePublish, format, template } = webhook;
  return {
    name,
    url,
    urlSecret,
    events,
    active,
    headers,
    timeoutSeconds,
    retryScheduleSeconds,
    rateLimit,
    ordered,
    onFailedHead,
    shownBy,
    conditions,
    collapse,
    skipUnchanged,
    onePublish,
    fields,
    alertAfter,
    format,
    template,
    templateSecrets: webhook.templateSecrets.map(({ name }) => ({ name, value: null })),
  };
}

/** A copy of a webhook with another name. Secret values are not copied: they must be entered again. */
export function duplicateOf(webhook: WebhookView, name: string): WebhookFormState {
  const headers = webhook.headers.map((header) => ({ ...header, value: header.value ?? '' }));
  const templateSecrets = webhook.templateSecrets.map(({ name: of }) => ({ name: of, value: '' }));
  return { ...formOf(webhook), name, headers, templateSecrets, url: webhook.urlSecret ? '' : webhook.url };
}

/** Whether the form keeps a stored secret URL, and shows its origin and dots. */
export const keepsAddress = (
  { url }: { url: string },
  stored: { url: string; urlSecret: boolean },
): boolean => stored.urlSecret && isShownAddress(url) && sameOrigin(url, stored.url);

/**
 * Whether a newly typed URL is treated as secret: turned on for known services, and off again if only that
 * had turned it on.
 */
export function secretWhenTyped(url: string, before: { url: string; urlSecret: boolean }): boolean {
  if (isSecretAddress(url) === isSecretAddress(before.url)) return before.urlSecret;
  return isSecretAddress(url) || isShownAddress(before.url);
}

/** Whether a stored secret value must not be sent to the form's URL: another scheme, host or port. */
export const leadsElsewhere = ({ url }: { url: string }, stored: { url: string }): boolean =>
  parseUrl(url) !== null && !sameOrigin(url, stored.url);

/** The values filled in by a URL like `/new?name=…&url=…&events=a.b,*.published`. */
export function prefilled(get: (name: string) => string | undefined): WebhookFormState {
  const events = (get('events') ?? '').split(',').filter((event) => subscriptionPattern.test(event));
  const url = get('url') ?? '';
  return { ...emptyForm, name: get('name') ?? '', url, urlSecret: isSecretAddress(url), events };
}

export interface FieldProblem {
  /** `headers.0.name`; errors of fields without inputs of their own are shown at their list. */
  path: string;
  message: string;
}

const lists = ['events', 'retryScheduleSeconds'];

/** Where an error about `path` is shown; that of a condition at its row: `conditions.1.0`, a group being one row of several. */
export const shownAt = (path: readonly string[]): string => {
  const [first, ...rest] = path;
  if (first === 'conditions') return [first, ...placeIn(rest)].join('.');
  return first !== undefined && lists.includes(first) ? first : path.join('.');
};

/** The stored webhook whose secret values a form can keep; null for a new one. */
export type StoredWebhook = Pick<WebhookView, 'url' | 'urlSecret'> | null;

/** Checks the form by the server's rules: which secret values of `stored` it can keep, and which not. */
export function checkForm(
  form: WebhookFormState,
  stored: StoredWebhook,
): { input: WebhookInput; problems: null } | { input: null; problems: FieldProblem[] } {
  const parsed = webhookInput.safeParse(form);
  const unfilled = unfilledRows(form.conditions);
  const problems = parsed.success
    ? []
    : parsed.error.issues
        // What is said of a row that is not filled in yet says it better.
        .filter(({ path }) => unfilled.length === 0 || path[0] !== 'conditions')
        .map(({ path, message }) => ({ path: shownAt(path.map(String)), message }));
  for (const place of unfilled) {
    problems.push({ path: ['conditions', ...place].join('.'), message: 'is required' });
  }
  problems.push(...templateProblems(form, stored));
  if (isShownAddress(form.url) && !(stored && keepsAddress(form, stored))) {
    problems.push({ path: 'url', message: 'is shown only in part; enter the full URL' });
  }
  form.headers.forEach(({ name, secret, value }, index) => {
    const path = `headers.${index}.value`;
    if (secret && (value === '' || (!stored && value === null))) {
      problems.push({ path, message: 'is required' });
    } else if (value === null && stored && leadsElsewhere(form, stored)) {
      const again = `enter the value of ${name} again, or remove it`;
      problems.push({ path, message: `the URL leads to another server: ${again}` });
    }
  });
  if (parsed.success && problems.length === 0) return { input: parsed.data, problems: null };
  return { input: null, problems };
}

function templateProblems(form: WebhookFormState, stored: StoredWebhook): FieldProblem[] {
  return form.templateSecrets.flatMap(({ name, value }, index): FieldProblem[] => {
    const path = `templateSecrets.${index}`;
    if (value !== null) return [];
    if (!stored) return [{ path: `${path}.value`, message: 'is required' }];
    if (!leadsElsewhere(form, stored)) return [];
    const again = `enter the value of ${name} again, or remove it`;
    return [{ path: `${path}.value`, message: `the URL leads to another server: ${again}` }];
  });
}

/**
 * What is sent of a form that was filled from `read`: what was changed, and nothing else. A form that was opened long
 * ago takes nothing back that others have changed.
 */
export function changeOf(
  { version, values: before }: { version: number; values: WebhookFormState },
  values: WebhookFormState,
): WebhookChange {
  const changes = changesOf(before, values);
  // Whether it is a secret is said with an address; else a known one would be taken for one again.
  const mark = changes.url === undefined ? {} : { urlSecret: values.urlSecret };
  return { version, ...changes, ...mark };
}

/** The host of the typed text, or null. */
export function hostOf(url: string): string | null {
  return parseUrl(url)?.host || null;
}
