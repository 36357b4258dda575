import type { WhyCheck, WhyCheckName, WhyInput, WhyView } from '../../../contracts';
import type { Rows } from '../capture/rows';
import type { Catalog, EventType, TypePlan } from '../catalog/types';
import type { ChangeFacts, Rule, Verdict } from '../conditions/types';
import type { GateState } from '../gate/gate';
import type { Store } from '../store';
import type { StoredDelivery } from '../store/deliveries';
import type { EventRow } from '../store/events';
import type { WebhookRow } from '../store/webhooks';

export interface WhyDeps {
  store: Store;
  catalog(): Catalog;
  rows: Rows;
  matches(pattern: string, type: { type: string; sensitive: boolean }): boolean;
  find(webhookId: number): Promise<WebhookRow>;
  readable(row: WebhookRow): boolean;
  gate(row: WebhookRow): GateState;
  capturing(): boolean;
  facts(plan: TypePlan, names: readonly string[], row: Record<string, unknown> | null): ChangeFacts['after'];
  evaluate(rule: Rule, change: ChangeFacts): Verdict;
  now(): number;
}

/** Matching takes place within moments; an event that waits longer has nobody who takes it. */
const matchingMs = 10_000;

const eventsShown = 10;

/**
 * *Why did it not fire?* Follows an event's way from the change to the receiver and says where it ends. It tells
 * of things as they are now: a webhook may have been changed since.
 */
export function createWhyService(deps: WhyDeps) {
  const { store } = deps;
  const pool = () => store.database.pool();

  /** The event types that are asked about: the one that is named, or those of the entry's content type. */
  const asked = (input: WhyInput): readonly EventType[] =>
    deps
      .catalog()
      .list()
      .filter(({ type, uid }) =>
        input.eventType === undefined
          ? input.uid !== undefined && uid === input.uid
          : type === input.eventType,
      );

  const recent = (input: WhyInput): Promise<EventRow[]> =>
    store.events.recent(pool(), {
      ...(input.documentId === undefined ? {} : { documentId: input.documentId }),
      ...(input.eventType === undefined ? {} : { type: input.eventType }),
      limit: eventsShown,
    });

  /** Business events that this webhook waits for, with what their rule says of the entry as it is now. */
  const conditions = async (
    plan: TypePlan,
    types: ReadonlySet<string>,
    input: WhyInput,
  ): Promise<WhyCheck[]> => {
    const mapped = plan.mapped.filter(({ type }) => types.has(type));
    if (mapped.length === 0 || input.documentId === undefined) return [];
    const [row] = await deps.rows.comparable(plan, { documentId: input.documentId });
    if (!row) return [{ name: 'condition', answer: 'unknown', detail: null }];
    const verdicts = mapped.map(({ type, rule, fields }) => {
      const facts = deps.facts(plan, fields, row);
      const holds = ['created', 'updated', 'published'].map((action) =>
        // As if it had just come to be: what a rule asks of the past then holds.
        deps.evaluate(rule, { action: action as ChangeFacts['action'], before: null, after: facts }),
      );
      return { type, holds };
    });
    const fits = verdicts.some(({ holds }) => holds.some((verdict) => verdict.holds === true));
    if (fits) return [{ name: 'condition', answer: 'yes', detail: null }];
    const because = verdicts.flatMap(({ type, holds }) =>
      holds.flatMap((verdict) => (verdict.holds === true ? [] : [`${type}: ${verdict.because}`])),
    );
    return [{ name: 'condition', answer: 'no', detail: [...new Set(because)].slice(0, 3).join('; ') }];
  };

  const afterCapture = (
    events: readonly EventRow[],
    deliveries: ReadonlyMap<number | null, StoredDelivery>,
  ): WhyCheck[] => {
    const [newest] = events;
    if (!newest) return [{ name: 'event_written', answer: 'no', detail: null }];
    const delivery = deliveries.get(newest.id);
    const waits = newest.matchedAt === null;
    const stuck = waits && deps.now() - newest.occurredAt > matchingMs;
    const matched: WhyCheck = {
      name: 'matched',
      answer: stuck || newest.matchError !== null ? 'no' : waits ? 'unknown' : 'yes',
      detail: newest.matchError,
    };
    return [
      { name: 'event_written', answer: 'yes', detail: null },
      matched,
      {
        name: 'delivery',
        // Of the newest event: that an older one was sent says nothing of it, and a skipped delivery is never sent.
        answer: delivery
          ? delivery.state === 'skipped'
            ? 'no'
            : 'yes'
          : matched.answer === 'yes'
            ? 'no'
            : 'unknown',
        detail: delivery?.state ?? null,
      },
    ];
  };

  return async (webhookId: number, input: WhyInput): Promise<WhyView> => {
    const webhook = await deps.find(webhookId);
    const types = asked(input);
    const wanted = types.filter((type) => webhook.events.some((pattern) => deps.matches(pattern, type)));
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
    const checks: WhyCheck[] = [
      check('capturing', deps.capturing(), null),
      check('in_catalog', types.length > 0, input.eventType ?? input.uid ?? null),
      check('subscribed', wanted.length > 0, types.map(({ type }) => type).join(', ')),
      check('active', !off, 'reason' in gate ? gate.reason : gate.state),
      check('readable', deps.readable(webhook), null),
      ...(plan ? await conditions(plan, new Set(wanted.map(({ type }) => type)), input) : []),
      ...afterCapture(events, byEvent),
      // While it waits, what is meant for it is written and kept: this ends no event's way.
      check('going', off || gate.state === 'active', 'reason' in gate ? gate.reason : gate.state),
    ];
    return {
      checks,
      reason: checks.find(({ answer }) => answer === 'no')?.name ?? null,
      events: events.map((event) => ({
        messageId: event.messageId,
        eventType: event.type,
        occurredAt: event.occurredAt,
        actorName: event.actor.name,
        deliveryId: byEvent.get(event.id)?.id ?? null,
        state: byEvent.get(event.id)?.state ?? null,
        matchError: event.matchError,
      })),
    };
  };
}

export type WhyService = ReturnType<typeof createWhyService>;
