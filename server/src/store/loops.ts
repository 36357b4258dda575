import { tables } from '../constants';
import type { Connection, Database } from './connection';
import { toNumber, toTextOrNull } from './connection';
import { partsOf } from './statements';

/** Of the newest deliveries of a document so many are looked at, of whatever webhook. */
const deliveriesAtMost = 1000;

export interface LoopHistory {
  /** When events of the actor happened of which the webhook has a delivery, epoch milliseconds, oldest first. */
  events: number[];
  /** When requests about the document were sent for the webhook. */
  attempts: number[];
  /** Of the newest of these events. */
  locale: string | null;
}

/** What happened to a document, and when a webhook told of it. */
export function createLoopStore(database: Database) {
  const from = (connection: Connection, table: string) => database.from(connection, table);

  return {
    async history(
      connection: Connection,
      asked: {
        webhookId: number;
        uid: string | null;
        documentId: string | null;
        actor: { type: string; id: string | null };
        since: number;
      },
    ): Promise<LoopHistory> {
      const newest = (await from(connection, tables.deliveries)
        .select(['id', 'event_id', 'webhook_id', 'uid', 'created_at', 'locale'])
        .where({ document_id: asked.documentId })
        .orderBy('id', 'desc')
        .limit(deliveriesAtMost)) as Record<string, unknown>[];
      const ours = newest.filter(
        (row) =>
          toNumber(row.webhook_id) === asked.webhookId &&
          toTextOrNull(row.uid) === asked.uid &&
          row.event_id !== null &&
          toNumber(row.created_at) >= asked.since,
      );
      const events: number[] = [];
      for (const ids of partsOf(ours.map((row) => toNumber(row.event_id)))) {
        const rows = (await from(connection, tables.events)
          .select('occurred_at')
          .whereIn('id', ids)
          .where({ actor_type: asked.actor.type, actor_id: asked.actor.id })) as { occurred_at: unknown }[];
        events.push(...rows.map((row) => toNumber(row.occurred_at)));
      }
      const attempts: number[] = [];
      for (const ids of partsOf(ours.map((row) => toNumber(row.id)))) {
        const rows = (await from(connection, tables.attempts).select('at').whereIn('delivery_id', ids)) as {
          at: unknown;
        }[];
        attempts.push(...rows.map((row) => toNumber(row.at)));
      }
      return { events: events.sort((a, b) => a - b), attempts, locale: toTextOrNull(ours[0]?.locale) };
    },
  };
}

export type LoopStore = ReturnType<typeof createLoopStore>;
