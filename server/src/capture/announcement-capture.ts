import type { Core } from '@strapi/strapi';
import type { Actor } from '../../../contracts';
import type { Catalog } from '../catalog';
import { eventBody } from '../payload';
import { withoutEntry } from '../store/events';
import type { NewEvent } from '../store/events';
import { currentActor } from './actor';
import type { Interest } from './interest';
import type { Silence } from './silence';
import { logOf } from '../log';
import { reasonOf } from '../reason';

export interface AnnouncementDeps {
  strapi: Core.Strapi;
  catalog(): Catalog;
  interest: Interest;
  silence: Silence;
  newMessageId(): string;
  now(): number;
  wake(): void;
}

/**
 * Maximum number kept until they are written. If the database is unavailable for long, or a thousand are
 * announced per second, memory must not grow without limit.
 */
const keptAtMost = 10_000;

interface Heard {
  name: string;
  payload: unknown;
  actor: Actor;
  at: number;
}

/**
 * Capture of events that are only announced on Strapi's event hub: releases, review stages, locales, other
 * plugins' events. The hub awaits its listeners one after the other, possibly inside a transaction, and a
 * listener that throws ends the process: so this one only stores them in memory, and the matcher's loop
 * writes them. Announced events that are not written yet are lost in a crash (guarantee `announced`).
 */
export function createAnnouncementCapture(deps: AnnouncementDeps) {
  const heard: Heard[] = [];
  /** Those that could not be written yet. */
  let waiting: NewEvent[] = [];
  let dropped = 0;

  const hasRoom = (name: string): boolean => {
    if (heard.length + waiting.length < keptAtMost) return true;
    dropped += 1;
    if (dropped === 1) {
      logOf(deps.strapi).warn(
        `event-webhooks: ${keptAtMost} announcements wait to be written; ${name} and what is announced from here on is lost`,
      );
    }
    return false;
  };

  const toEvents = ({ name, payload, actor, at }: Heard): NewEvent[] => {
    const announced = deps.catalog().announced(name);
    const data = announced?.build(payload);
    if (!announced || !data) return [];
    return [
      {
        messageId: deps.newMessageId(),
        type: announced.type,
        occurredAt: at,
        body: eventBody(announced.type, at, data),
        ...withoutEntry,
        actor,
        transactionId: null,
        guarantee: 'announced',
        cause: name,
      },
    ];
  };

  /** Empty without a payload. */
  const built = (one: Heard): NewEvent[] => {
    try {
      return toEvents(one);
    } catch (error) {
      logOf(deps.strapi).error(
        `event-webhooks: the announcement ${one.name} has no payload: ${reasonOf(error)}`,
      );
      return [];
    }
  };

  return {
    listener: async (name: string, payload?: unknown): Promise<void> => {
      try {
        const announced = deps.catalog().announced(name);
        if (!announced || deps.silence.active() || !deps.interest.wants(announced.type)) return;
        if (!hasRoom(name)) return;
        // Passwords never; other plugins announce complete rows.
        const clean = withoutSecrets(payload);
        heard.push({ name, payload: clean, actor: currentActor(deps.strapi), at: deps.now() });
        deps.wake();
      } catch (error) {
        logOf(deps.strapi).error(
          `event-webhooks: the announcement ${name} could not be kept: ${reasonOf(error)}`,
        );
      }
    },

    /**
     * Announced events that are not written yet, oldest first, as event rows, up to `limit`: each payload is
     * built here, and thousands at once would block the process. Called by the writer.
     */
    take(limit: number): NewEvent[] {
      if (dropped > 0) logOf(deps.strapi).warn(`event-webhooks: ${dropped} announcements were lost`);
      dropped = 0;
      const events = waiting.splice(0, limit);
      while (events.length < limit && heard.length > 0) events.push(...heard.splice(0, 1).flatMap(built));
      return events;
    },

    /** They could not be written: returned to the front. */
    giveBack(events: readonly NewEvent[]): void {
      waiting = [...events, ...waiting];
    },
  };
}

const secretName = /pass(word)?$|token$|secret$|^api_?key$/i;

/**
 * A copy without values whose names look like those of secrets; announcements have no schema for sanitising.
 */
function withoutSecrets(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value ?? null, (key: string, inner: unknown) =>
      secretName.test(key) ? undefined : inner,
    ),
  ) as unknown;
}
