import { tables } from '../../constants';
import type { Connection, Database } from '../connection';
import { toNumber, toNumberOrNull, toTextOrNull } from '../connection';
import { partsOf } from '../statements';

/** A delivery that has not been sent and takes later events of its key in. */
export interface WaitingDelivery {
  id: number;
  eventId: number;
  collapseKey: string;
  collapseGroup: string;
  /** When the first event of its group was matched, epoch milliseconds. */
  collapseSince: number;
  /** Epoch milliseconds before which its receiver is left alone; null if it has not failed. */
  collapseNotBefore: number | null;
  attempts: number;
  dueAt: number;
}

/** A claimed delivery that a later one may have taken the place of. */
export interface Superseded {
  id: number;
  fence: number;
  webhookId: number;
  collapseKey: string;
}

/** Deliveries of which several become one. All that became one have the same `collapse_group`. */
export function deliveryCollapse(database: Database) {
  const deliveries = (connection: Connection) => database.from(connection, tables.deliveries);

  return {
    /**
     * What waits for these keys of a webhook, locked for this transaction so that none of it is claimed meanwhile. The
     * caller holds the lock of the webhook's row.
     *
     * @param retried also those that have been attempted: a later state takes their place
     */
    async waitingToCollapse(
      trx: Connection,
      { webhookId, keys, retried }: { webhookId: number; keys: readonly string[]; retried: boolean },
    ): Promise<WaitingDelivery[]> {
      const found: Record<string, unknown>[] = [];
      for (const part of partsOf(keys)) {
        const query = deliveries(trx)
          .select(['id', 'event_id', 'collapse_key', 'collapse_group', 'collapse_since'])
          .select(['collapse_not_before', 'attempts', 'due_at'])
          .where({ webhook_id: webhookId, state: 'pending' })
          // What was resent by hand is sent.
          .where({ schedule_offset: 0 })
          .whereIn('collapse_key', part)
          .whereNotNull('event_id')
          .orderBy('id');
        if (!retried) void query.where({ attempts: 0 });
        if (database.client !== 'sqlite') void query.forUpdate();
        found.push(...((await query) as Record<string, unknown>[]));
      }
      return found.map((row) => ({
        id: toNumber(row.id),
        eventId: toNumber(row.event_id),
        collapseKey: String(row.collapse_key),
        collapseGroup: toTextOrNull(row.collapse_group) ?? '',
        collapseSince: toNumberOrNull(row.collapse_since) ?? 0,
        collapseNotBefore: toNumberOrNull(row.collapse_not_before),
        attempts: toNumber(row.attempts),
        dueAt: toNumber(row.due_at),
      }));
    },

    /** These have become part of a later one of `group`, with all that had become part of them. */
    async collapse(
      trx: Connection,
      over: readonly { id: number; collapseGroup: string }[],
      { group, now }: { group: string; now: number },
    ): Promise<void> {
      for (const part of partsOf(over.map(({ id }) => id)))
        await deliveries(trx)
          .whereIn('id', part)
          .where({ state: 'pending' })
          .update({ state: 'collapsed', finished_at: now, collapse_group: group });
      const groups = new Set(over.map(({ collapseGroup }) => collapseGroup));
      for (const part of partsOf([...groups].filter((known) => known !== '' && known !== group)))
        await deliveries(trx)
          .whereIn('collapse_group', part)
          .where({ state: 'collapsed' })
          .update({ collapse_group: group });
    },

    /**
     * Of these claimed deliveries those whose newest state has become another delivery meanwhile: they become part of
     * that one, so that no older state is sent after it. What was resent by hand is sent.
     * @returns their ids
     */
    async collapseOlder(
      connection: Connection,
      claimed: readonly Superseded[],
      now: number,
    ): Promise<number[]> {
      const older: number[] = [];
      for (const { id, fence, webhookId, collapseKey } of claimed) {
        const newer = (await deliveries(connection)
          .select(['collapse_group'])
          .where({ webhook_id: webhookId, collapse_key: collapseKey })
          .where('id', '>', id)
          .whereNotIn('state', ['skipped', 'cancelled'])
          .orderBy('id', 'desc')
          .first()) as { collapse_group: unknown } | undefined;
        if (!newer) continue;
        const changed: unknown = await deliveries(connection)
          .where({ id, fence, state: 'delivering' })
          .update({
            ...{ state: 'collapsed', finished_at: now, lease_until: null },
            collapse_group: newer.collapse_group,
          });
        if (toNumber(changed) === 1) older.push(id);
      }
      return older;
    },

    /** Another event has come for one that waits. */
    async waitLonger(trx: Connection, id: number, dueAt: number): Promise<void> {
      await deliveries(trx).where({ id, state: 'pending' }).update({ due_at: dueAt });
    },

    /** Those of these deliveries that have a body of their own, by the id of their event. */
    async ownBodies(connection: Connection, ids: readonly number[]): Promise<Map<number, string>> {
      const found: Record<string, unknown>[] = [];
      for (const part of partsOf(ids))
        found.push(
          ...((await deliveries(connection)
            .select(['event_id', 'body'])
            .whereIn('id', part)
            .whereNotNull('event_id')
            .whereNotNull('body')) as Record<string, unknown>[]),
        );
      return new Map(found.map((row) => [toNumber(row.event_id), String(row.body)]));
    },

    /** The newest of those that became one, with the one that is sent, oldest first; at most `limit` of them. */
    async ofGroup(
      connection: Connection,
      group: string,
      limit: number,
    ): Promise<
      { id: number; eventId: number | null; state: string; createdAt: number; eventType: string }[]
    > {
      const found = (await deliveries(connection)
        .select(['id', 'event_id', 'state', 'created_at', 'event_type'])
        .where({ collapse_group: group })
        .orderBy('id', 'desc')
        .limit(limit)) as Record<string, unknown>[];
      return found.reverse().map((row) => ({
        id: toNumber(row.id),
        eventId: toNumberOrNull(row.event_id),
        state: String(row.state),
        createdAt: toNumber(row.created_at),
        eventType: String(row.event_type),
      }));
    },
  };
}
