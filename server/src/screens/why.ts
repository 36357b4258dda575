import type {
  WebhookConditions,
  WhyCheck,
  WhyCheckName,
  WhyConditions,
  WhyInput,
  WhyOther,
  WhyView,
} from '../../../contracts';
import type { EntryReader, Rows } from '../content';
import { matches } from '../catalog';
import type { Catalog, CatalogRoom, EventType, TypePlan } from '../catalog';
import type { GateState } from '../gate';
import type { Store } from '../store';
import type { StoredDelivery } from '../store/deliveries';
import type { EventRow } from '../store/events';
import type { WebhookRow } from '../store/webhooks';
import { becauseOf } from './because';
import type { StandingDeps } from './standing';
import { standingOf } from './standing';
import { createWhyConditions } from './why-conditions';
import type { Judgement } from './why-conditions';
import { leftOutOf, noiseCheck } from './why-noise';

export interface WhyDeps extends StandingDeps {
  store: Store;
  catalog(): Catalog;
  foreignPaths: CatalogRoom['foreignPaths'];
  rows: Rows;
  find(webhookId: number): Promise<WebhookRow>;
  readable(row: WebhookRow): boolean;
  gate(row: WebhookRow): GateState;
  capturing(): boolean;
  eventName(type: string): string;
}

/** Matching takes moments; an event that waits longer is not being processed. */
const matchingMs = 10_000;

/** The detail of a webhook without events. */
const byHandAlone = 'by_hand';

const eventsShown = 10;

/** Of what else happened to an entry so many events are looked at, and so many kinds are told. */
const othersLookedAt = 50;
const othersShown = 5;

/**
 * *Why did it not fire?* Follows the delivery path from the change to the receiver and says where it ends. It
 * uses the current state: a webhook may have been changed since.
 */
export function createWhyService(deps: WhyDeps) {
  const { store } = deps;
  const pool = () => store.database.pool();
  const judging = createWhyConditions(deps);

  /** The event types in question: the named one, or those of the entry's content type. */
  const asked = (input: WhyInput): readonly EventType[] =>
    deps
      .catalog()
      .list()
      .filter(({ type, uid }) =>
        input.eventType === undefined
          ? input.uid !== undefined && uid === input.uid
          : type === input.eventType,
      );

  /** The entry, in the locale that was asked for. */
  const entryOf = ({ documentId, locale }: WhyInput) => ({
    ...(documentId === undefined ? {} : { documentId }),
    ...(locale === undefined ? {} : { locale }),
  });

  const recent = (input: WhyInput): Promise<EventRow[]> =>
    store.events.recent(pool(), {
      ...entryOf(input),
      ...(input.eventType === undefined ? {} : { type: input.eventType }),
      limit: eventsShown,
    });

  /** Other events of the entry, each kind once: it may be one of these that somebody should wait for. */
  const others = async (input: WhyInput): Promise<WhyOther[]> => {
    if (input.documentId === undefined) return [];
    const events = await store.events.recent(pool(), { ...entryOf(input), limit: othersLookedAt });
    const newest = new Map<string, EventRow>();
    for (const event of events) if (!newest.has(event.type)) newest.set(event.type, event);
    newest.delete(input.eventType ?? '');
    const webhooks = await store.webhooks.all(pool());
    return [...newest.values()].slice(0, othersShown).map(({ type, occurredAt }) => {
      const known = deps.catalog().get(type);
      const wants = ({ events: patterns }: WebhookRow) =>
        known !== undefined && patterns.some((pattern) => matches(pattern, known));
      return {
        eventType: type,
        eventName: deps.eventName(type),
        occurredAt,
        webhooks: webhooks.filter(wants).map(({ id, name }) => ({ id, name })),
      };
    });
  };

  /** Whether the entry was never published, and *published* is what is asked about; told to who may read the entry. */
  const isDraft = async (
    plan: TypePlan | undefined,
    input: WhyInput,
    reader: EntryReader,
  ): Promise<boolean> => {
    if (!plan || input.documentId === undefined || plan.content.published !== input.eventType) return false;
    const rows = await deps.rows.comparable(plan, entryOf(input));
    const [draft] = rows;
    const isPublished = rows.some(({ publishedAt }) => (publishedAt ?? null) !== null);
    return draft !== undefined && !isPublished && (await reader.open(plan.uid, draft.id)) !== null;
  };

  const afterCapture = (
    events: readonly EventRow[],
    deliveries: ReadonlyMap<number | null, StoredDelivery>,
    judgements: ReadonlyMap<number, Judgement>,
    noise: readonly WhyCheck[],
    draft: boolean,
  ): WhyCheck[] => {
    const [newest] = events;
    if (!newest) return [{ name: 'event_written', answer: 'no', detail: draft ? 'draft' : null }];
    const delivery = deliveries.get(newest.id);
    const waits = newest.matchedAt === null;
    const stuck = waits && deps.now() - newest.occurredAt > matchingMs;
    // It may have been set aside for other webhooks, and not for this one.
    const error = delivery ? null : newest.matchError;
    const matched: WhyCheck = {
      name: 'matched',
      answer: stuck || error !== null ? 'no' : waits && !delivery ? 'unknown' : 'yes',
      detail: error,
    };
    return [
      { name: 'event_written', answer: 'yes', detail: null },
      matched,
      ...noise,
      ...conditionCheck(judgements.get(newest.id)),
      {
        name: 'delivery',
        // For the newest event: an older delivery says nothing about it, and a skipped delivery is never
        // sent.
        answer: delivery
          ? delivery.state === 'skipped'
            ? 'no'
            : 'yes'
          : matched.answer === 'yes'
            ? 'no'
            : 'unknown',
        detail: delivery ? detailOf(delivery) : null,
      },
    ];
  };

  /** Of the entry, or else of the type: the newest event says what was before. */
  const newestOf = async (plan: TypePlan, input: WhyInput): Promise<EventRow | undefined> => {
    const events = await store.events.recent(pool(), { ...entryOf(input), limit: othersLookedAt });
    return events.find(({ uid }) => uid === plan.uid);
  };

  const standing = (delivery: StoredDelivery | undefined, webhook: WebhookRow) =>
    delivery ? standingOf(delivery, webhook, deps) : null;

  return async (webhookId: number, input: WhyInput, reader: EntryReader): Promise<WhyView> => {
    const webhook = await deps.find(webhookId);
    const types = asked(input);
    const wanted = types.filter((type) => webhook.events.some((pattern) => matches(pattern, type)));
    const gate = deps.gate(webhook);
    const off = gate.state === 'paused' || gate.state === 'disabled';
    const events = await recent(input);
    const deliveries = await store.deliveries.ofEvents(
      pool(),
      webhookId,
      events.map(({ id }) => id),
    );
    const plan = input.uid === undefined ? undefined : deps.catalog().plan(input.uid);
    const check = (name: WhyCheckName, yes: boolean, detail: string | null): WhyCheck => ({
      name,
      answer: yes ? 'yes' : 'no',
      detail: yes ? null : detail,
    });
    const byEvent = new Map(deliveries.map((delivery) => [delivery.eventId, delivery]));
    // An event that has its delivery was let through, whatever the conditions have become since.
    const unsent = events.filter(({ id }) => !byEvent.has(id));
    const leftOut = await leftOutOf(store, webhook, unsent);
    const { conditions } = webhook;
    const judgements =
      conditions === null
        ? new Map<number, Judgement>()
        : await judging.ofEvents({ ...webhook, conditions }, unsent, reader);
    const named = new Set(wanted.map(({ type }) => type));
    const rules =
      plan && input.documentId !== undefined
        ? await judging.ofRules(plan, named, input, events[0] ?? (await newestOf(plan, input)), reader)
        : [];
    const checks: WhyCheck[] = [
      check('capturing', deps.capturing(), null),
      check('in_catalog', types.length > 0, input.eventType ?? input.uid ?? null),
      check(
        'subscribed',
        wanted.length > 0,
        webhook.events.length === 0 ? byHandAlone : types.map(({ type }) => type).join(', '),
      ),
      check('active', !off, 'reason' in gate ? gate.reason : gate.state),
      check('readable', deps.readable(webhook), null),
      ...rules,
      ...afterCapture(
        events,
        byEvent,
        judgements,
        noiseCheck(webhook, events[0], byEvent.has(events[0]?.id ?? null), leftOut),
        events.length === 0 && (await isDraft(plan, input, reader)),
      ),
      // While the webhook is on hold, its deliveries are written and kept: this does not end the path.
      check('going', off || gate.state === 'active', 'reason' in gate ? gate.reason : gate.state),
      ...events.slice(0, 1).flatMap(({ id }) => answered(byEvent.get(id))),
    ];
    return {
      checks,
      reason: checks.find(({ answer }) => answer === 'no')?.name ?? null,
      conditions: preventing(conditions, events[0], judgements),
      events: events.map((event) => ({
        id: event.id,
        messageId: event.messageId,
        eventType: event.type,
        occurredAt: event.occurredAt,
        actorName: event.actor.name,
        because: becauseOf(event),
        deliveryId: byEvent.get(event.id)?.id ?? null,
        state: byEvent.get(event.id)?.state ?? null,
        standing: standing(byEvent.get(event.id), webhook),
        matchError: event.matchError,
        leftOut: leftOut.get(event.id) ?? null,
        holds: judgements.has(event.id) ? (judgements.get(event.id)?.holds ?? 'unknown') : null,
      })),
      others: await others(input),
    };
  };
}

/** Undefined: there are no conditions, or the event has its delivery. Null: the role may not read what they compare. */
function conditionCheck(judgement: Judgement | undefined): WhyCheck[] {
  if (judgement === undefined) return [];
  if (judgement === null) return [{ name: 'condition', answer: 'unknown', detail: 'unreadable' }];
  const { holds } = judgement;
  return [
    { name: 'condition', answer: holds === 'unknown' ? 'unknown' : holds ? 'yes' : 'no', detail: null },
  ];
}

/** What was found for each condition, if together they kept the event from being sent. */
function preventing(
  conditions: WebhookConditions | null,
  newest: EventRow | undefined,
  judgements: ReadonlyMap<number, Judgement>,
): WhyConditions | null {
  const judgement = newest && judgements.get(newest.id);
  if (conditions === null || !judgement || judgement.holds !== false) return null;
  return { conditions, findings: judgement.findings, actorName: newest.actor.name };
}

/** How it stands; of one that was skipped for another reason than that its webhook was off, that reason. */
const detailOf = ({ state, skipReason }: StoredDelivery): string =>
  state === 'skipped' && skipReason === 'event_taken_over' ? skipReason : state;

/** What the receiver said to the last attempt; what was never sent cannot be told of. */
function answered(delivery: StoredDelivery | undefined): WhyCheck[] {
  // The one that it became part of is answered.
  if (delivery?.state === 'collapsed') return [];
  const wasTried = delivery !== undefined && delivery.attempts > 0;
  const hasFailed = wasTried && delivery.code !== null;
  const answer = delivery?.state === 'succeeded' ? 'yes' : hasFailed ? 'no' : 'unknown';
  return [{ name: 'answered', answer, detail: hasFailed ? delivery.code : null }];
}

export type WhyService = ReturnType<typeof createWhyService>;
