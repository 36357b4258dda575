import { errors } from '@strapi/utils';
import type { EntryReference, StandardBody, TestResult, WebhookInput } from '../../../contracts';
import type { Sent } from '../delivery/deliver';
import { hostOf } from '../matching/match';
import type { Store } from '../store';
import type { WebhookRow } from '../store/webhooks';
import type { BodyFor } from './body-for';
import type { EntryBodyOf } from './entry-body';
import { exchangeOf } from './exchange';
import { invalid, problem } from './validate';

export interface TestEventDeps {
  store: Store;
  sample(eventType: string): StandardBody | null;
  find(id: number): Promise<WebhookRow>;
  opened(
    row: WebhookRow,
  ): { secrets: string[]; headers: { name: string; value: string; secret: boolean }[] } | null;
  checkUrl(url: string): Promise<{ ok: boolean; rule: string | null; reason: string | null }>;
  /** One request: the same code that sends real deliveries. */
  send(parcel: {
    messageId: string;
    body: string;
    test: boolean;
    url: string;
    headers: readonly { name: string; value: string; secret: boolean }[];
    secrets: readonly string[];
    timeoutMs: number;
  }): Promise<Sent>;
  compose(input: StandardBody): string;
  /** The body with the data of a real entry. */
  bodyOf: EntryBodyOf;
  bodyFor: BodyFor;
  newSecret(): string;
  newTestId(): string;
  now(): number;
  defaultTimeoutSeconds: number;
}

/** What a test is sent to: a saved webhook, or what stands in the form. */
interface Target {
  webhookId: number | null;
  name: string;
  url: string;
  /** What it is subscribed to. */
  events: readonly string[];
  headers: { name: string; value: string; secret: boolean }[];
  secrets: string[];
  timeoutSeconds: number | null;
}

/**
 * Send test event: one real request with sample data, marked `webhook-test: true`, never retried, always
 * logged as a test. An unsaved webhook signs with a secret that is forgotten afterwards and is not logged.
 */
export function createTestEventService(deps: TestEventDeps) {
  const target = async (input: { webhookId?: number; webhook?: WebhookInput }): Promise<Target> => {
    const saved = input.webhookId === undefined ? null : await deps.find(input.webhookId);
    const opened = saved && deps.opened(saved);
    if (saved && !opened) {
      throw new errors.ApplicationError(
        'a stored secret of this webhook cannot be decrypted; enter it again or rotate it',
      );
    }
    const form = input.webhook;
    if (!form) {
      if (!saved || !opened) throw invalid([problem(['webhookId'], 'is required')]);
      return { ...saved, ...opened, webhookId: saved.id };
    }
    const url = await deps.checkUrl(form.url);
    if (!url.ok && url.rule !== 'name')
      throw invalid([problem(['webhook', 'url'], url.reason ?? 'is refused')]);
    return {
      webhookId: saved?.id ?? null,
      name: form.name,
      url: form.url,
      events: form.events,
      headers: form.headers.map(({ name, value, secret }) => ({
        name,
        value:
          value ??
          opened?.headers.find((known) => known.name.toLowerCase() === name.toLowerCase())?.value ??
          '',
        secret,
      })),
      secrets: opened?.secrets ?? [deps.newSecret()],
      timeoutSeconds: form.timeoutSeconds,
    };
  };

  const log = async (
    to: Target,
    eventType: string,
    messageId: string,
    body: string,
    sent: Sent,
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
    await deps.store.outcomes.finishTest(
      pool,
      deliveryId,
      { ...sent.attempt, number: 1, kind: 'test' },
      deps.now(),
    );
    return deliveryId;
  };

  return {
    async send(input: {
      webhookId?: number;
      webhook?: WebhookInput;
      eventType: string;
      entry?: EntryReference | null;
    }): Promise<TestResult> {
      const sample = deps.sample(input.eventType);
      if (!sample)
        throw invalid([problem(['eventType'], `${input.eventType} is not an event type of this Strapi`)]);
      const to = await target(input);
      const whole = input.entry
        ? (await deps.bodyOf(input.eventType, input.entry)).body
        : deps.compose({ ...sample, timestamp: new Date(deps.now()).toISOString() });
      const body = deps.bodyFor.of(to.events, input.eventType, whole);
      const messageId = deps.newTestId();
      const timeoutMs = (to.timeoutSeconds ?? deps.defaultTimeoutSeconds) * 1000;
      const sent = await deps.send({ ...to, messageId, body, test: true, timeoutMs });
      const deliveryId = await log(to, input.eventType, messageId, body, sent);
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
        ...exchangeOf(attempt, body),
      };
    },
  };
}

export type TestEventService = ReturnType<typeof createTestEventService>;
