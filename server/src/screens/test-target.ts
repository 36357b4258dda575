import { errors } from '@strapi/utils';
import { shownAddress } from '../../../contracts';
import type { Collapse, FieldTrees, PayloadFormat, RequestTemplate, WebhookInput } from '../../../contracts';
import type { OpenedWebhook } from '../secrets';
import type { WebhookRow } from '../store/webhooks';
import type { Problem } from '../validate';
import { invalid, problem } from '../validate';
import {
  headerProblems,
  keptHeader,
  keptTemplateSecret,
  leadsBack,
  meantAddress,
  templateSecretProblems,
} from './webhooks';

export interface TestTargetDeps {
  find(id: number): Promise<WebhookRow>;
  opened(row: WebhookRow): OpenedWebhook | null;
  checkUrl(url: string): Promise<{ ok: boolean; rule: string | null; reason: string | null }>;
  newSecret(): string;
}

/** The target of a test: a saved webhook, or the values of the form. */
export interface TestTarget {
  webhookId: number | null;
  name: string;
  url: string;
  /** The form of the URL in the log: its origin only if it is secret. */
  shownUrl: string;
  /** Its subscriptions. */
  events: readonly string[];
  /** Which fields of an entry it is sent. */
  fields: FieldTrees | null;
  headers: { name: string; value: string; secret: boolean }[];
  secrets: string[];
  timeoutSeconds: number | null;
  collapse: Collapse | null;
  shownBy: boolean;
  format: PayloadFormat;
  template: RequestTemplate | null;
  templateSecrets: { name: string; value: string }[];
}

/** Of a test, or of a preview: what is kept of a saved webhook, and what its form says. */
export function createTestTarget(deps: TestTargetDeps) {
  const target = async (
    input: { webhookId?: number; webhook?: WebhookInput },
    mayRead: boolean,
  ): Promise<TestTarget> => {
    const saved = input.webhookId === undefined ? null : await deps.find(input.webhookId);
    const opened = saved === null ? null : deps.opened(saved);
    if (saved && !opened) {
      throw new errors.ApplicationError(
        'a stored secret of this webhook cannot be decrypted; enter it again or rotate it',
      );
    }
    const form = input.webhook;
    if (!form) {
      if (!saved || !opened) throw invalid([problem(['webhookId'], 'is required')]);
      return { ...saved, ...opened, shownUrl: saved.url, webhookId: saved.id };
    }
    // Kept values reveal stored ones: a caller that may not read them keeps nothing.
    const known = mayRead ? saved : null;
    return {
      ...(await addressOf(form, known, opened)),
      webhookId: saved?.id ?? null,
      name: form.name,
      events: form.events,
      fields: form.fields,
      headers: headersOf(form, known, opened),
      // A caller that may only test must not get valid signatures for a server of their own.
      secrets: (leadsBack(form, known) && opened?.secrets) || [deps.newSecret()],
      timeoutSeconds: form.timeoutSeconds,
      collapse: form.collapse,
      shownBy: form.shownBy,
      format: form.format,
      template: form.template,
      templateSecrets: templateSecretsOf(form, known, opened),
    };
  };

  /**
   * The URL of a form's test, and its form in the log: a kept secret URL stays secret, whatever the form
   * says.
   */
  const addressOf = async (
    form: WebhookInput,
    saved: WebhookRow | null,
    opened: OpenedWebhook | null,
  ): Promise<Pick<TestTarget, 'url' | 'shownUrl'>> => {
    const { kept, secret, problems } = meantAddress(form, saved);
    refuse([...problems, ...headerProblems(form, saved), ...templateSecretProblems(form, saved)]);
    if (kept && saved && opened) return { url: opened.url, shownUrl: saved.url };
    const check = await deps.checkUrl(form.url);
    if (!check.ok && check.rule !== 'name') refuse([problem(['url'], check.reason ?? 'is refused')]);
    return { url: form.url, shownUrl: secret ? shownAddress(form.url) : form.url };
  };

  /** Values that are not entered again are the stored ones, in plain text. */
  const headersOf = (form: WebhookInput, saved: WebhookRow | null, opened: OpenedWebhook | null) =>
    form.headers.map(({ name, value, secret }) => {
      const stored = value === null ? keptHeader(form, { name, secret }, saved) : null;
      const clear = opened?.headers.find((known) => known.name === stored?.name)?.value;
      return { name, value: value ?? clear ?? '', secret };
    });

  const templateSecretsOf = (form: WebhookInput, saved: WebhookRow | null, opened: OpenedWebhook | null) =>
    form.templateSecrets.map(({ name, value }) => {
      const stored = value === null ? keptTemplateSecret(form, name, saved) : null;
      const clear = opened?.templateSecrets.find((known) => known.name === stored?.name)?.value;
      return { name, value: value ?? clear ?? '' };
    });

  return target;
}

/** Throws if a form's values cannot be used; each problem names its field of `webhook`. */
function refuse(problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  throw invalid(problems.map((one) => ({ ...one, path: ['webhook', ...one.path] })));
}
