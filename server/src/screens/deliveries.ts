import { errors } from '@strapi/utils';
import { collapsedShownAtMost, hostOf, shownAddress } from '../../../contracts';
import type {
  Actor,
  AttemptView,
  CollapsedView,
  DeliveryDetail,
  DeliveryListQuery,
  DeliveryPage,
  DeliveryRow,
  Explanation,
  FailureCode,
} from '../../../contracts';
import type { Store } from '../store';
import type { StoredDelivery } from '../store/deliveries';
import type { EventRow } from '../store/events';
import type { AttemptRow } from '../store/outcomes';
import type { WebhookRow } from '../store/webhooks';
import { becauseOf } from './because';
import { exchangeOf } from './exchange';
import { masked } from '../rendering';
import { storedRequest } from '../payload';
import { failuresCalled } from '../wording';
import type { Failure } from '../wording';
import type { StandingDeps } from './standing';
import { standingOf } from './standing';

export interface DeliveriesDeps extends StandingDeps {
  store: Store;
  eventName(type: string): string;
  givesEvents(uid: string): boolean;
  /** In the caller's language. */
  explain(failure: Failure): Explanation;
  wake(): void;
}

/** The log, and manual actions on one delivery. */
export function createDeliveriesService(deps: DeliveriesDeps) {
  const { store } = deps;
  const pool = () => store.database.pool();

  const find = async (id: number): Promise<StoredDelivery> => {
    const delivery = await store.deliveries.find(pool(), id);
    if (!delivery) throw new errors.NotFoundError(`delivery ${id} does not exist`);
    return delivery;
  };

  const row = (
    delivery: StoredDelivery,
    webhooks: readonly WebhookRow[],
    withBody: ReadonlySet<number>,
  ): DeliveryRow => ({
    id: delivery.id,
    messageId: delivery.messageId,
    eventType: delivery.eventType,
    eventName: deps.eventName(delivery.eventType),
    webhookId: delivery.webhookId,
    webhookName: delivery.webhookName,
    host: delivery.host,
    ...standingOf(
      delivery,
      webhooks.find(({ id }) => id === delivery.webhookId),
      deps,
    ),
    test: delivery.test,
    explanation:
      delivery.code === null ? null : deps.explain({ ...delivery, code: delivery.code as FailureCode }),
    durationMs: delivery.durationMs,
    createdAt: delivery.createdAt,
    finishedAt: delivery.finishedAt,
    uid: delivery.uid,
    documentId: delivery.documentId,
    locale: delivery.locale,
    canResend:
      !delivery.test &&
      delivery.state !== 'delivering' &&
      delivery.state !== 'collapsed' &&
      withBody.has(delivery.id) &&
      webhooks.some(({ id }) => id === delivery.webhookId),
  });

  /** The first of its order, for a delivery that is not the first. */
  const waitsFor = async ({ state, webhookId, orderKey }: StoredDelivery) =>
    state === 'blocked' && orderKey !== null ? store.order.head(pool(), { webhookId, orderKey }) : null;

  const collapsedOf = async ({ id, collapseGroup }: StoredDelivery): Promise<CollapsedView | null> => {
    if (!collapseGroup) return null;
    const all = await store.deliveries.ofGroup(pool(), collapseGroup, collapsedShownAtMost);
    // One that nothing else has become part of.
    if (all.length < 2) return null;
    const into = all.find(({ state }) => state !== 'collapsed') ?? null;
    const others = into?.id === id ? all.filter((one) => one.id !== id).reverse() : [];
    return {
      count: all.length,
      into: into === null || into.id === id ? null : into.id,
      deliveries: others.map(({ id: other, eventType, createdAt }) => ({
        ...{ id: other, eventType, createdAt },
        eventName: deps.eventName(eventType),
      })),
    };
  };

  const detail = async (id: number): Promise<DeliveryDetail> => {
    const delivery = await find(id);
    const event = delivery.eventId === null ? null : await store.events.find(pool(), delivery.eventId);
    const webhook = await store.webhooks.find(pool(), delivery.webhookId);
    const body = sentBody(delivery) ?? delivery.body ?? event?.body ?? null;
    return {
      ...row(delivery, webhook ? [webhook] : [], new Set(body === null ? [] : [id])),
      webhookId: webhook ? delivery.webhookId : null,
      body,
      ...told(event, delivery),
      collapsed: await collapsedOf(delivery),
      waitsFor: await waitsFor(delivery),
      attemptLog: (await store.outcomes.attempts(pool(), id)).map((attempt) =>
        attemptView(
          webhook?.urlSealed ? { ...attempt, url: shownAddress(attempt.url) } : attempt,
          body,
          deps.explain,
        ),
      ),
    };
  };

  return {
    detail,

    async page(query: DeliveryListQuery): Promise<DeliveryPage> {
      const text = query.text?.trim().toLowerCase();
      const webhooks = await store.webhooks.all(pool());
      const called = text ? webhooks.filter(({ url }) => hostOf(url).startsWith(text)) : [];
      const { rows, reached, bodiesSearched } = await store.log.page(pool(), query, {
        webhookIds: called.map(({ id }) => id),
        failures: text ? failuresCalled(text) : [],
      });
      const shown = rows.slice(0, query.pageSize);
      const withBody = await store.replays.withBody(
        pool(),
        shown.map(({ id }) => id),
      );
      const results = shown.map((delivery) => row(delivery, webhooks, withBody));
      const isFull = rows.length > query.pageSize;
      return {
        results,
        nextBefore: isFull ? (results.at(-1)?.id ?? null) : reached,
        searchedBack: isFull || reached === null ? null : await store.log.timeAt(pool(), reached),
        bodiesSearched,
        givesEvents: query.uid === undefined ? null : deps.givesEvents(query.uid),
      };
    },

    /** Queues it once more, with the same message id; the retry schedule restarts. */
    async resend(id: number): Promise<void> {
      const delivery = await find(id);
      if (delivery.test) throw new errors.ApplicationError('a test event is not resent; send another test');
      if (!(await store.webhooks.find(pool(), delivery.webhookId))) {
        throw new errors.ApplicationError('the webhook of this delivery was deleted');
      }
      const event = delivery.eventId === null ? null : await store.events.find(pool(), delivery.eventId);
      if (!delivery.body && !event?.body)
        throw new errors.ApplicationError('the body of this event is no longer stored');
      if (!(await store.deliveries.resend(id, deps.now()))) {
        throw new errors.ApplicationError('this delivery is being sent right now');
      }
      deps.wake();
    },

    async cancel(id: number): Promise<void> {
      await find(id);
      if (!(await store.order.cancel(id, deps.now()))) {
        throw new errors.ApplicationError('only a waiting delivery can be cancelled');
      }
      // The next one of its order can be sent now.
      deps.wake();
    },
  };
}

export type DeliveriesService = ReturnType<typeof createDeliveriesService>;

/** As it was rendered, its secrets hidden; null if it is sent in the standard format. */
function sentBody(delivery: StoredDelivery): string | null {
  const request = storedRequest(delivery);
  return request && (masked(request).body ?? '');
}

/** The event's own data; a test event has none. */
function told(event: EventRow | null, delivery: StoredDelivery) {
  const actor: Actor = { type: 'system', id: null, name: null };
  return {
    occurredAt: event?.occurredAt ?? delivery.createdAt,
    actor: event ? { ...event.actor, type: event.actor.type as Actor['type'] } : actor,
    guarantee: event?.guarantee ?? 'same_transaction',
    cause: event?.cause ?? null,
    because: becauseOf(event),
    thinReason: event?.thinReason ?? null,
    changedFields: event?.changedFields ? [...event.changedFields] : null,
    transactionId: event?.transactionId ?? null,
  };
}

const attemptView = (
  attempt: AttemptRow,
  body: string | null,
  explain: DeliveriesDeps['explain'],
): AttemptView => ({
  id: attempt.id,
  number: attempt.number,
  kind: attempt.kind,
  at: attempt.at,
  durationMs: attempt.durationMs,
  outcome: attempt.outcome,
  code: attempt.code,
  explanation:
    attempt.outcome === 'succeeded'
      ? null
      : explain({ ...attempt, code: attempt.code ?? 'internal', host: hostOf(attempt.url) }),
  error: attempt.error,
  ...exchangeOf(attempt, body ?? ''),
});
