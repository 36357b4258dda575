import { hostOf } from '../../../contracts';
import type { EntryReference, StandardBody, TestResult, WebhookInput } from '../../../contracts';
import type { Parcel, Sent } from '../delivery';
import { renderedParcel, standardParcel } from '../delivery';
import type { Store } from '../store';
import { rowOf, standardBody } from '../payload';
import type { BodyFor, EntryBodyOf, Requests } from '../payload';
import { masked, TemplateError } from '../rendering';
import type { RenderedRequest } from '../rendering';
import type { EntryReader } from '../content';
import { exchangeOf } from './exchange';
import { createTestTarget } from './test-target';
import type { TestTarget, TestTargetDeps } from './test-target';
import { invalid, problem } from '../validate';

export interface TestEventDeps extends TestTargetDeps {
  store: Store;
  sample(eventType: string): StandardBody | null;
  /** The content type of an event type. */
  uidOf(eventType: string): string | null;
  /** With who shows the entry. */
  withSampleShownBy(body: string): string;
  /** One request: with the code for real deliveries. */
  send(parcel: Parcel): Promise<Sent>;
  /** The request of a webhook that is not sent in the standard format. */
  requests: Pick<Requests, 'render' | 'sampleEvent'>;
  /** The body with the data of a real entry. */
  bodyOf: EntryBodyOf;
  bodyFor: BodyFor;
  newTestId(): string;
  now(): number;
  defaultTimeoutSeconds: number;
}

/** What a test tells: the standard body, and the entry as Strapi's own webhook sends it. */
interface TestBody {
  body: string;
  coreEntry: string | null;
}

/**
 * Send test event: one real request with sample data, marked `webhook-test: true`, never retried, always
 * logged as a test. An unsaved webhook signs with a temporary secret and is not logged; so does a form whose
 * origin differs from the saved webhook's.
 */
export function createTestEventService(deps: TestEventDeps) {
  const target = createTestTarget(deps);

  /** Null in the standard format. Refuses a template that cannot be filled in. */
  const requestOf = (
    to: TestTarget,
    eventType: string,
    messageId: string,
    { body, coreEntry }: TestBody,
  ): RenderedRequest | null => {
    if (to.format === 'standard') return null;
    const id = to.webhookId ?? 0;
    try {
      return deps.requests.render(
        { ...to, id },
        { event: deps.requests.sampleEvent(eventType, messageId, body), body, coreEntry },
      );
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      throw invalid([
        problem(['webhook', 'template', ...error.problem.path.split('.')], error.problem.message),
      ]);
    }
  };

  const ofEntry = async (
    to: TestTarget,
    type: string,
    entry: EntryReference,
    reader: EntryReader,
  ): Promise<TestBody> => {
    const made = await deps.bodyOf(type, entry, reader, to, { asCore: to.format === 'strapi' });
    return { body: made.body, coreEntry: deps.bodyFor.coreEntryOf(to.events, { ...made, type }) };
  };

  const bodyOf = async (
    to: TestTarget,
    type: string,
    sample: StandardBody,
    real: { entry: EntryReference; reader: EntryReader } | null,
  ): Promise<TestBody> => {
    const told = real
      ? await ofEntry(to, type, real.entry, real.reader)
      : {
          body: deps.bodyFor.of(to, {
            ...{ type, uid: deps.uidOf(type), selected: 'sample' },
            body: standardBody({ ...sample, timestamp: new Date(deps.now()).toISOString() }),
          }),
          coreEntry: null,
        };
    return to.shownBy ? { ...told, body: deps.withSampleShownBy(told.body) } : told;
  };

  const log = async (
    to: TestTarget,
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
      const told = await bodyOf(
        to,
        input.eventType,
        sample,
        input.entry ? { entry: input.entry, reader } : null,
      );
      const { body } = told;
      const messageId = deps.newTestId();
      const timeoutMs = (to.timeoutSeconds ?? deps.defaultTimeoutSeconds) * 1000;
      const request = requestOf(to, input.eventType, messageId, told);
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
        ...exchangeOf(attempt, request ? (masked(request).body ?? '') : body),
      };
    },
  };
}

export type TestEventService = ReturnType<typeof createTestEventService>;
