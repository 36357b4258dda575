import { hostOf } from '../../../contracts';
import type { Collapse, FieldTree, FieldTrees, SkipReason, WebhookConditions } from '../../../contracts';
import { isName, isTakenOver } from '../catalog';
import type { Meanings } from '../catalog';
import { uids } from '../constants';
import { asksForAffected } from './asks';
import type { NewDelivery, UnmatchedEvent } from '../store';

/** The parts of an event that matching needs. */
export type MatchableEvent = Pick<
  UnmatchedEvent,
  'id' | 'messageId' | 'type' | 'uid' | 'documentId' | 'locale' | 'status' | 'actor'
>;

/** The parts of a webhook that matching needs. */
export interface Subscriber {
  id: number;
  name: string;
  url: string;
  events: readonly string[];
  /** Which content types these meant when they were saved. */
  meanings: Meanings | null;
  /** True while it is off: its deliveries are written as skipped. */
  skips: boolean;
  /** Deliveries of one document and locale are sent one after the other. */
  ordered: boolean;
  /** Sent only when these hold; null: always. */
  conditions: WebhookConditions | null;
  /** Several events become one delivery; null: each is one of its own. */
  collapse: Collapse | null;
  /** Its deliveries tell who shows the entry. */
  shownBy: boolean;
  /** An event of which nothing changed is not sent. */
  skipUnchanged: boolean;
  /** The change of a draft is not sent where its publication, in the same transaction, is. */
  onePublish: boolean;
  /** Which fields of an entry it is sent, by the uid of its content type; null: each as a whole. */
  fields: FieldTrees | null;
}

/** A delivery to write. A skipped one stands in no line, so it has no `orderKey`. */
export interface Match extends Omit<NewDelivery, 'test' | 'dueAt' | 'createdAt' | 'body' | 'state'> {
  eventId: number;
  state: 'pending' | 'skipped' | 'blocked';
  /**
   * True if the webhook is subscribed by a wildcard over all types only (`*`, `*.published`): accounts are
   * left out then.
   */
  unnamed: boolean;
  collapse: Collapse | null;
  /** Whether what waits to tell that this entry is affected has nothing more to tell. */
  replacesAffected: boolean;
  shownBy: boolean;
  /** Who made the change. */
  actor: UnmatchedEvent['actor'];
  /** Which fields of the event's entry are sent; null: all of them. */
  tree: FieldTree | null;
}

/** The length of its column. */
const longestOrderKey = 255;

/** A subscribed webhook, and whether only by a wildcard over all types. */
export interface Interested {
  webhook: Subscriber;
  host: string;
  unnamed: boolean;
  /** The webhook's own merging, or that of the event type. */
  collapse: Collapse | null;
  /** Whether its events tell how an entry is live now, to a webhook that may have an affected one waiting. */
  replacesAffected: boolean;
  /** Its subscription meant another content type: nobody has decided yet whether this one is wanted. */
  isTakenOver: boolean;
}

/**
 * Which webhooks are subscribed to an event type. Pure; the same for all its events, so it is called once per
 * type.
 */
export function interestedIn(
  type: string,
  subscribers: readonly Subscriber[],
  asks: (events: readonly string[], type: string) => Asked,
  { meaning, collapse, isLiveChange, wants }: Meaning = unknownMeaning,
): Interested[] {
  return subscribers.flatMap((webhook) => {
    const asked = asks(webhook.events, type);
    if (asked === 'not') return [];
    const { events, meanings, url } = webhook;
    const mayBeOther = asked === 'named' && meaning !== null && meanings !== null;
    const isOther = mayBeOther && isOtherThan(meanings, meaning, events, (pattern) => wants(pattern, type));
    const found: Interested = {
      webhook,
      host: hostOf(url),
      unnamed: asked === 'unnamed',
      collapse: webhook.collapse ?? collapse,
      replacesAffected: isLiveChange && webhook.collapse === null && asksForAffected(webhook.events),
      isTakenOver: isOther,
    };
    return [found];
  });
}

/** Whether every name that subscribes to an event type meant another content type. */
const isOtherThan = (
  meanings: Meanings,
  meaning: string,
  events: readonly string[],
  wants: (pattern: string) => boolean,
): boolean =>
  events
    .filter((pattern) => isName(pattern) && wants(pattern))
    .every((pattern) => isTakenOver(meanings[pattern], meaning));

/** What matching needs to know of an event type. */
export interface Meaning {
  /** The content type it is of; null where its name was given by a person. */
  meaning: string | null;
  /** Its merging for webhooks that have none of their own. */
  collapse: Collapse | null;
  /** Whether its events tell of changes of what is live. */
  isLiveChange: boolean;
  wants(pattern: string, eventType: string): boolean;
}

const unknownMeaning: Meaning = {
  meaning: null,
  collapse: null,
  isLiveChange: false,
  wants: () => true,
};

/**
 * How a webhook is subscribed to an event type: not at all, by a name, or by a wildcard over all types only.
 */
export type Asked = 'not' | 'named' | 'unnamed';

export function askedBy(
  patterns: readonly string[],
  type: string,
  wants: (pattern: string, eventType: string) => boolean,
): Asked {
  const asked = patterns.filter((pattern) => wants(pattern, type));
  if (asked.length === 0) return 'not';
  return asked.some(isName) ? 'named' : 'unnamed';
}

/** The deliveries of an event, as rows to write. Pure. */
export const match = (event: MatchableEvent, interested: readonly Interested[]): Match[] =>
  interested
    .filter(({ webhook }) => !speaksOf(event, webhook.id))
    .map(({ webhook, host, unnamed, collapse, replacesAffected, isTakenOver: isOther }) => ({
      eventId: event.id,
      webhookId: webhook.id,
      messageId: event.messageId,
      eventType: event.type,
      state: webhook.skips || isOther ? 'skipped' : 'pending',
      skipReason: skipReasonOf(webhook, isOther),
      webhookName: webhook.name,
      host,
      uid: event.uid,
      documentId: event.documentId,
      locale: event.locale,
      orderKey: webhook.ordered && !webhook.skips && !isOther && collapse === null ? orderKeyOf(event) : null,
      unnamed,
      collapse,
      replacesAffected: replacesAffected && event.status === 'published' && event.documentId !== null,
      shownBy: webhook.shownBy,
      actor: event.actor,
      tree: treeFor(event, webhook),
    }));

const skipReasonOf = ({ skips }: Subscriber, isOther: boolean): SkipReason | null =>
  skips ? 'off' : isOther ? 'event_taken_over' : null;

const treeFor = ({ uid }: MatchableEvent, { fields }: Pick<Subscriber, 'fields'>): FieldTree | null =>
  uid !== null && fields !== null && Object.hasOwn(fields, uid) ? (fields[uid] ?? null) : null;

/** An event without a document has no order. */
const orderKeyOf = ({ documentId, locale }: MatchableEvent): string | null =>
  documentId === null ? null : `${documentId}:${locale ?? ''}`.slice(0, longestOrderKey);

/**
 * Blocks deliveries that have a predecessor in their order: one of an earlier batch, or one before it in this
 * batch. Pure.
 */
export function lineUp<M extends Match>(
  matches: readonly M[],
  occupied: ReadonlySet<string>,
  nameOf: (line: { webhookId: number; orderKey: string }) => string,
): M[] {
  const taken = new Set(occupied);
  return matches.map((found) => {
    if (found.orderKey === null) return found;
    const line = nameOf({ webhookId: found.webhookId, orderKey: found.orderKey });
    if (taken.has(line)) return { ...found, state: 'blocked' };
    taken.add(line);
    return found;
  });
}

/** A webhook never receives events about itself: it would be told that it is disabled by being called. */
const speaksOf = (event: MatchableEvent, webhookId: number): boolean =>
  event.uid === uids.webhook && event.documentId === String(webhookId);
