import type { Core } from '@strapi/strapi';
import type { Actor } from '../../../contracts';
import type { Catalog } from '../catalog/types';
import { withoutEntry } from '../store/events';
import type { NewEvent } from '../store/events';
import { currentActor } from './actor';
import type { Interest } from './interest';
import type { Silence } from './silence';
import { reasonOf } from '../reason';

export interface AnnouncementDeps {
  strapi: Core.Strapi;
  catalog(): Catalog;
  interest: Interest;
  silence: Silence;
  compose(input: { type: string; timestamp: string; data: unknown }): string;
  newMessageId(): string;
  now(): number;
  wake(): void;
}

/**
 * Kept until they are written. Where the database is away for long, or a thousand are announced a second, memory must
 * not grow without end.
 */
const keptAtMost = 10_000;

interface Heard {
  name: string;
  payload: unknown;
  actor: Actor;
  at: number;
}

/**
 * Capture of what is only announced on Strapi's event hub: releases, review stages, locales, other plugins'
 * events. The hub awaits its listeners one after the other, perhaps inside a transaction, and a listener that
 * throws ends the process: so this one only remembers, and the matcher's loop writes. What is heard but not
 * yet written is lost in a crash (guarantee `announced`).
 */
export function createAnnouncementCapture(deps: AnnouncementDeps) {
  const heard: Heard[] = [];
  /** Those of them that could not be written yet. */
  let waiting: NewEvent[] = [];
  let dropped = 0;

  const hasRoom = (name: string): boolean => {
    if (heard.length + waiting.length < keptAtMost) return true;
    dropped += 1;
    if (dropped === 1) {
      deps.strapi.log.warn(
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
        body: deps.compose({ type: announced.type, timestamp: new Date(at).toISOString(), data }),
        ...withoutEntry,
        actor,
        transactionId: null,
        guarantee: 'announced',
        cause: name,
      },
    ];
  };

  return {
    listener: async (name: string, payload?: unknown): Promise<void> => {
      try {
        const announced = deps.catalog().announced(name);
        if (!announced || deps.silence.active() || !deps.interest.wants(announced.type)) return;
        if (!hasRoom(name)) return;
        // Passwords never; other plugins announce whole rows.
        const clean = withoutSecrets(payload);
        heard.push({ name, payload: clean, actor: currentActor(deps.strapi), at: deps.now() });
        deps.wake();
      } catch (error) {
        deps.strapi.log.error(
          `event-webhooks: the announcement ${name} could not be kept: ${reasonOf(error)}`,
        );
      }
    },

    /** What was heard since the last call, as event rows; called by the matcher's own loop. */
    take(): NewEvent[] {
      if (dropped > 0) deps.strapi.log.warn(`event-webhooks: ${dropped} announcements were lost`);
      dropped = 0;
      const again = waiting;
      waiting = [];
      const events = heard.splice(0).flatMap((one) => {
        try {
          return toEvents(one);
        } catch (error) {
          deps.strapi.log.error(
            `event-webhooks: the announcement ${one.name} has no payload: ${reasonOf(error)}`,
          );
          return [];
        }
      });
      return [...again, ...events];
    },

    /** They could not be written for what the database is going through: taken again the next time. */
    giveBack(events: readonly NewEvent[]): void {
      waiting = [...waiting, ...events].slice(0, keptAtMost);
    },
  };
}

const secretName = /pass(word)?$|token$|secret$|^api_?key$/i;

/** A copy without values that bear the name of a secret; announcements have no schema to sanitise by. */
function withoutSecrets(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value ?? null, (key: string, inner: unknown) =>
      secretName.test(key) ? undefined : inner,
    ),
  ) as unknown;
}
