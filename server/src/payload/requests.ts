import { contentActions } from '../../../contracts';
import type { Collapse, FieldTrees, TemplateProblem } from '../../../contracts';
import { affectedAction } from '../catalog';
import type { Catalog, Links } from '../catalog';
import { reasonOf } from '../reason';
import { checkTemplate, hashOf, renderRequest, scopeOf, TemplateError } from '../rendering';
import type { PreparedRequest, RenderedRequest, RenderEvent, RenderWebhook } from '../rendering';
import type { StoredDelivery, StoredRequest } from '../store/deliveries';
import type { EventRow } from '../store/events';
import type { BodyFor } from './body-for';

/** A webhook as its requests are made. */
export interface RequestingWebhook extends Pick<RenderWebhook, 'id' | 'name' | 'format' | 'template'> {
  /** Its subscriptions: what it may be told of accounts depends on them. */
  events: readonly string[];
  /** Which fields of an entry it is sent. */
  fields: FieldTrees | null;
  headers: readonly { name: string; value: string; secret?: boolean }[];
  templateSecrets: readonly { name: string }[];
  collapse: Collapse | null;
}

/** Secret values are not rendered: marks stand in their place. */
const renderable = ({
  id,
  name,
  format,
  template,
  headers,
  templateSecrets,
}: RequestingWebhook): RenderWebhook => ({
  ...{ id, name, format, template },
  // Secret ones are added when it is sent; an empty one keeps the places of the others.
  headers: headers.map((header) => ({
    name: header.name,
    value: header.secret === true ? '' : header.value,
  })),
  secretNames: templateSecrets.map((secret) => secret.name),
});

/** One delivery, and the webhook as it is now. */
export interface RequestedDelivery {
  delivery: StoredDelivery;
  /** The standard body; null if it is no longer stored. */
  body: string | null;
  webhook: RequestingWebhook;
}

/** An event, and the standard body of it that the webhook gets; with the entry as Strapi's own webhook sends it. */
export interface Told {
  event: RenderEvent;
  body: string;
  coreEntry?: string | null;
}

/** An event of several that became one delivery. */
export interface GroupedEvent {
  event: EventRow;
  /** The body of its own delivery, which was made for the webhook; null where that is sent the event's. */
  own: string | null;
}

export interface RequestsDeps {
  catalog(): Catalog;
  links(): Links;
  bodyFor: BodyFor;
  events(ids: readonly number[]): Promise<EventRow[]>;
  /** The events of deliveries that became one, oldest first. */
  eventsOfGroup(group: string, maxBytes: number): Promise<GroupedEvent[]>;
  maxBodyBytes: number;
  save(rendered: readonly StoredRequest[]): Promise<void>;
  /** Whether the database refuses a row because of its values rather than its own state. */
  isRowFault(error: unknown): boolean;
  othersTurn(): Promise<void>;
}

/** Requests that are not sent in the standard format. Each is saved before its first attempt, and sent so each time. */
export function createRequests(deps: RequestsDeps) {
  const eventOf = (event: Omit<EventRow, 'id' | 'body'>, test: boolean): RenderEvent => {
    const plan = event.uid === null ? undefined : deps.catalog().plan(event.uid);
    return {
      messageId: event.messageId,
      type: event.type,
      name: deps.catalog().get(event.type)?.displayName ?? event.type,
      single: plan?.single ?? false,
      occurredAt: event.occurredAt,
      uid: event.uid,
      model: plan?.typeName ?? null,
      documentId: event.documentId,
      locale: event.locale,
      status: event.status,
      action: actionOf(event),
      actor: event.actor,
      changedFields: event.changedFields === null ? null : [...event.changedFields],
      test,
    };
  };

  /** Throws a TemplateError. */
  const render = (
    webhook: RequestingWebhook,
    { event, body, coreEntry = null }: Told,
    together?: readonly Told[],
  ): RenderedRequest =>
    renderRequest({
      ...{ event, body, coreEntry },
      site: deps.links(),
      webhook: renderable(webhook),
      ...(together && { together }),
    });

  /** One request for all events that became one delivery: their bodies as an array, oldest first. */
  const renderAll = (webhook: RequestingWebhook, told: readonly Told[]): RenderedRequest => {
    const newest = told.at(-1);
    if (newest === undefined) throw new Error('no event of the delivery is stored');
    const last = render(webhook, newest, told);
    if (webhook.format === 'template') return last;
    const bodies = told.slice(0, -1).map((one) => render(webhook, one).body ?? 'null');
    return { ...last, body: `[${[...bodies, last.body ?? 'null'].join(',')}]` };
  };

  /** What this webhook is told of an event. */
  const toldTo = (webhook: RequestingWebhook, event: EventRow, body: string): Told => ({
    event: toldBy(eventOf(event, false), event.body, body),
    body,
    coreEntry: webhook.format === 'strapi' ? deps.bodyFor.coreEntryOf(webhook.events, event) : null,
  });

  /** As many of the newest as one request may hold. */
  const toldOf = (
    webhook: RequestingWebhook,
    events: readonly GroupedEvent[],
    newest: { eventId: number; body: string },
  ): Told[] => {
    const told: Told[] = [];
    let bytes = 0;
    for (const { event, own } of [...events].reverse()) {
      if (event.body === null) continue;
      const isNewest = event.id === newest.eventId;
      const body = isNewest ? newest.body : (own ?? deps.bodyFor.ofRow(webhook, event, event.body));
      const one = toldTo(webhook, event, body);
      bytes += Buffer.byteLength(one.coreEntry ?? one.body);
      if (told.length > 0 && bytes > deps.maxBodyBytes) break;
      told.unshift(one);
    }
    return told;
  };

  const prepared = async (
    { delivery, body, webhook }: RequestedDelivery,
    event: EventRow | undefined,
  ): Promise<PreparedRequest | null> => {
    const stored = storedRequest(delivery);
    if (stored !== null && !(isResent(delivery) && stored.of !== hashOf(renderable(webhook))))
      return { request: stored };
    // Without its body nothing can be made of it: the worker says so.
    if (body === null || event === undefined) return stored && { request: stored };
    try {
      // A delivery that has a body of its own got it for this webhook, when it was matched.
      const own = delivery.body ?? deps.bodyFor.ofRow(webhook, event, body);
      if (sendsAll(webhook, delivery)) {
        const all = await deps.eventsOfGroup(delivery.collapseGroup ?? '', deps.maxBodyBytes);
        return { request: renderAll(webhook, toldOf(webhook, all, { eventId: event.id, body: own })) };
      }
      return { request: render(webhook, toldTo(webhook, event, own)) };
    } catch (error) {
      // One that cannot be made must not keep all others of its claim from being sent.
      return { problem: error instanceof TemplateError ? placeOf(error) : reasonOf(error) };
    }
  };

  /** Saves all at once; where that is refused, one by one. Throws where the database takes none of them. */
  const refusedOf = async (added: readonly StoredRequest[]): Promise<Map<number, string>> => {
    const refused = new Map<number, string>();
    try {
      await deps.save(added);
    } catch (error) {
      for (const one of added)
        await deps.save([one]).catch((own: unknown) => refused.set(one.id, reasonOf(own)));
      if (refused.size === added.length && !deps.isRowFault(error)) throw error;
    }
    return refused;
  };

  return {
    render,
    eventOf,

    /** What is wrong with the template of a webhook for these events, warnings included. */
    check(webhook: RequestingWebhook, samples: readonly Told[]): TemplateProblem[] {
      const { template, headers, secretNames } = renderable(webhook);
      if (webhook.format !== 'template' || template === null) return [];
      const site = deps.links();
      return checkTemplate({
        ...{ template, headers, secretNames },
        samples: samples.map((sample) => ({ ...sample, site })),
      });
    },

    /** What a template can name, with its values in this event. */
    scope(webhook: RequestingWebhook, event: RenderEvent, body: string): Record<string, unknown> {
      return scopeOf({ event, body, site: deps.links(), webhook: renderable(webhook) });
    },

    /** The event of a test, from its body: nothing of it is stored. */
    sampleEvent(type: string, messageId: string, body: string): RenderEvent {
      const { timestamp, data } = JSON.parse(body) as {
        timestamp: string;
        data: Record<string, unknown> | null;
      };
      const text = (name: string): string | null => {
        const value = data?.[name];
        return typeof value === 'string' ? value : null;
      };
      const names = data?.['changedFields'];
      const uid = text('uid') ?? deps.catalog().get(type)?.uid ?? null;
      return {
        ...{ messageId, type, occurredAt: Date.parse(timestamp), test: true },
        name: deps.catalog().get(type)?.displayName ?? type,
        single: deps.catalog().plan(uid ?? '')?.single ?? false,
        uid,
        model: text('model'),
        documentId: text('documentId'),
        locale: text('locale'),
        status: text('status'),
        action: actionOf({ type, uid }),
        actor: { type: 'system', id: null, name: null },
        changedFields: Array.isArray(names) ? names.map(String) : null,
      };
    },

    /**
     * By delivery. Those that are sent in the standard format are not among them. A retry sends what was sent before; only
     * one that somebody resends is rendered anew, if the template was changed since.
     */
    async prepare(all: readonly RequestedDelivery[]): Promise<ReadonlyMap<number, PreparedRequest>> {
      const asked = all.filter(
        ({ delivery, webhook }) =>
          !wasSentAsStandard(delivery) &&
          (webhook.format !== 'standard' || delivery.request !== null || sendsAll(webhook, delivery)),
      );
      if (asked.length === 0) return new Map();
      const ids = new Set(asked.flatMap(({ delivery }) => delivery.eventId ?? []));
      const events = new Map((await deps.events([...ids])).map((event) => [event.id, event]));
      const requests = new Map<number, PreparedRequest>();
      const added: StoredRequest[] = [];
      for (const one of asked) {
        const { delivery } = one;
        const made = await prepared(one, events.get(delivery.eventId ?? 0));
        if (made === null) continue;
        requests.set(delivery.id, made);
        if ('request' in made && made.request !== storedRequests.get(delivery)) {
          added.push({ id: delivery.id, ...rowOf(made.request) });
          await deps.othersTurn();
        }
      }
      for (const [id, reason] of await refusedOf(added)) requests.set(id, { problem: reason });
      return requests;
    },
  };
}

export type Requests = ReturnType<typeof createRequests>;

/** An event as a webhook may know it: the names of changed fields are those of its own body. */
export function toldBy(event: RenderEvent, whole: string | null, own: string): RenderEvent {
  if (own === whole || event.changedFields === null) return event;
  const { data } = JSON.parse(own) as { data: { changedFields?: unknown } | null };
  const names = data?.changedFields;
  return { ...event, changedFields: Array.isArray(names) ? names.map(String) : event.changedFields };
}

/** Parsed once a claim. */
const storedRequests = new WeakMap<StoredDelivery, RenderedRequest>();

/** The request that was rendered for a delivery; null if none was, or it cannot be read. */
export function storedRequest(delivery: StoredDelivery): RenderedRequest | null {
  const known = storedRequests.get(delivery);
  if (known) return known;
  if (delivery.request === null) return null;
  try {
    const rest = JSON.parse(delivery.request) as Omit<RenderedRequest, 'body'>;
    const request = { ...rest, body: delivery.requestBody };
    storedRequests.set(delivery, request);
    return request;
  } catch {
    return null;
  }
}

/** As it stands in the delivery's row. */
export function rowOf({ body, ...rest }: RenderedRequest): Omit<StoredRequest, 'id'> {
  return { request: JSON.stringify(rest), requestBody: body };
}

/** Whether it stands for several events, which are all sent. */
const sendsAll = ({ collapse }: RequestingWebhook, { collapseGroup }: StoredDelivery): boolean =>
  collapse?.send === 'all' && (collapseGroup ?? null) !== null;

/** What happened to the entry, if the event is named after it; null of business events by another name. */
function actionOf({ type, uid }: { type: string; uid: string | null }): string | null {
  const last = type.slice(type.lastIndexOf('.') + 1);
  return uid === null
    ? null
    : ([...contentActions, affectedAction].find((action) => action === last) ?? null);
}

/** It was sent before it was resent or changed: in the standard format, since nothing was rendered. */
const wasSentAsStandard = ({ request, attempts, scheduleOffset }: StoredDelivery): boolean =>
  request === null && attempts > scheduleOffset;

/** Somebody resent it, and it was not attempted since. */
const isResent = ({ scheduleOffset, attempts }: StoredDelivery): boolean =>
  scheduleOffset > 0 && attempts === scheduleOffset;

const placeOf = ({ problem: { path, line, column, message } }: TemplateError): string =>
  line === null ? `${path}: ${message}` : `${path}, line ${line}, column ${column ?? 1}: ${message}`;
