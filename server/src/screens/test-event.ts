import { errors } from '@strapi/utils';
import { hostOf, shownAddress } from '../../../contracts';
import type {
  EntryReference,
  PayloadFormat,
  RequestTemplate,
  StandardBody,
  TestResult,
  WebhookInput,
} from '../../../contracts';
import type { Parcel, Sent } from '../delivery';
import { renderedParcel, standardParcel } from '../delivery';
import type { OpenedWebhook } from '../secrets';
import type { Store } from '../store';
import type { WebhookRow } from '../store/webhooks';
import { standardBody } from '../payload';
import { rowOf } from '../payload';
import type { BodyFor, EntryBodyOf, Requests } from '../payload';
import { maskedBody, TemplateError } from '../rendering';
import type { RenderedRequest } from '../rendering';
import type { EntryReader } from '../content';
import { exchangeOf } from './exchange';
import {
  headerProblems,
  keptHeader,
  keptTemplateSecret,
  leadsBack,
  meantAddress,
  templateSecretProblems,
} from './webhooks';
import type { Problem } from '../validate';
import { invalid, problem } from '../validate';

export interface TestEventDeps {
  store: Store;
  sample(eventType: string): StandardBody | null;
  find(id: number): Promise<WebhookRow>;
  opened(row: WebhookRow): OpenedWebhook | null;
  checkUrl(url: string): Promise<{ ok: boolean; rule: string | null; reason: string | null }>;
  /** One request: with the code for real deliveries. */
  send(parcel: Parcel): Promise<Sent>;
  /** The request of a webhook that is not sent in the standard format. */
  requests: Pick<Requests, 'render' | 'sampleEvent'>;
  /** The body with the data of a real entry. */
  bodyOf: EntryBodyOf;
  bodyFor: BodyFor;
  newSecret(): string;
  newTestId(): string;
  now(): number;
  defaultTimeoutSeconds: number;
}

/** The target of a test: a saved webhook, or the values of the form. */
interface Target {
  webhookId: number | null;
  name: string;
  url: string;
  /** The form of the URL in the log: its origin only if it is secret. */
  shownUrl: string;
  /** Its subscriptions. */
  events: readonly string[];
  headers: { name: string; value: string; secret: boolean }[];
  secrets: string[];
  timeoutSeconds: number | null;
  format: PayloadFormat;
  template: RequestTemplate | null;
  templateSecrets: { name: string; value: string }[];
}

/**
 * Send test event: one real request with sample data, marked `webhook-test: true`, never retried, always
 * logged as a test. An unsaved webhook signs with a temporary secret and is not logged; so does a form whose
 * origin differs from the saved webhook's.
 */
export function createTestEventService(deps: TestEventDeps) {
  const target = async (
    input: { webhookId?: number; webhook?: WebhookInput },
    mayRead: boolean,
  ): Promise<Target> => {
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
      headers: headersOf(form, known, opened),
      // A caller that may only test must not get valid signatures for a server of their own.
      secrets: (leadsBack(form, known) && opened?.secrets) || [deps.newSecret()],
      timeoutSeconds: form.timeoutSeconds,
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
  ): Promise<Pick<Target, 'url' | 'shownUrl'>> => {
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

  /** Null in the standard format. Refuses a template that cannot be filled in. */
  const requestOf = (to: Target, eventType: string, messageId: string, body: string): RenderedRequest | null => {
    if (to.format === 'standard') return null;
    const id = to.webhookId ?? 0;
    try {
      return deps.requests.render({ ...to, id }, deps.requests.sampleEvent(eventType, messageId, body), body);
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      throw invalid([problem(['webhook', 'template', ...error.path.split('.')], error.message)]);
    }
  };

  const log = async (
    to: Target,
    eventType: string,
    messageId: string,
    body: string,
    sent: Sent,
    request: RenderedRequest | null,
  ): Promise<number | null> => {
    if (to.webhookId === null) return null;
    const pool = deps.store.database.pool();
    const deliveryId = await deps.store.deliveries.insertOne(pool, {
      eventId: null,
      webhookId: to.webhookId,
      messageId,
      eventType,
      state: 'delivering',
      test: true,
      dueAt: sent.attempt.at,
      createdAt: sent.attempt.at,
      webhookName: to.name,
      host: hostOf(to.url),
      uid: null,
      documentId: null,
      locale: null,
      body,
      orderKey: null,
    });
    if (request) await deps.store.deliveries.saveRequests(pool, [{ id: deliveryId, ...rowOf(request) }]);
    await deps.store.outcomes.finishTest(
      pool,
      deliveryId,
      { ...sent.attempt, number: 1, kind: 'test' },
      deps.now(),
    );
    return deliveryId;
  };

  return {
    /**
     * With an entry: the part that `reader` may read. `mayRead`: whether the caller may read webhooks;
     * otherwise a form keeps nothing of the stored one.
     */
    async send(
      input: {
        webhookId?: number;
        webhook?: WebhookInput;
        eventType: string;
        entry?: EntryReference | null;
      },
      reader: EntryReader,
      mayRead: boolean,
    ): Promise<TestResult> {
      const sample = deps.sample(input.eventType);
      if (!sample)
        throw invalid([problem(['eventType'], `${input.eventType} is not an event type of this Strapi`)]);
      const to = await target(input, mayRead);
      const whole = input.entry
        ? (await deps.bodyOf(input.eventType, input.entry, reader)).body
        : standardBody({ ...sample, timestamp: new Date(deps.now()).toISOString() });
      const body = deps.bodyFor.of(to.events, input.eventType, whole);
      const messageId = deps.newTestId();
      const timeoutMs = (to.timeoutSeconds ?? deps.defaultTimeoutSeconds) * 1000;
      const request = requestOf(to, input.eventType, messageId, body);
      const sent = await deps.send({
        ...(request ? renderedParcel(to, request) : standardParcel(to, body)),
        ...{ messageId, secrets: to.secrets, test: true, timeoutMs },
      });
      const deliveryId = await log(to, input.eventType, messageId, body, sent, request);
      const { attempt } = sent;
      return {
        ok: attempt.outcome === 'succeeded',
        deliveryId,
        messageId,
        eventType: input.eventType,
        host: hostOf(to.url),
        durationMs: attempt.durationMs,
        code: attempt.code,
        error: attempt.error,
        ...exchangeOf(attempt, request ? (maskedBody(request) ?? '') : body),
      };
    },
  };
}

/** Throws if a form's values cannot be used; each problem names its field of `webhook`. */
function refuse(problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  throw invalid(problems.map((one) => ({ ...one, path: ['webhook', ...one.path] })));
}

export type TestEventService = ReturnType<typeof createTestEventService>;
