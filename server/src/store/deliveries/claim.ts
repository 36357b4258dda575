import { randomUUID } from 'node:crypto';
import { tables } from '../../constants';
import type { Connection, Database } from '../connection';
import { toNumber } from '../connection';
import type { Query } from '../db';
import { qualified, rowsOf } from '../db';
import { partsOf } from '../statements';
import type { ClaimInput, DeliveryRef } from './due';
import { firstDueOfEach, slotChunk } from './due';
import type { StoredDelivery } from './row';
import { fromDeliveryRow } from './row';

/** Deliveries taken by their ids in one statement. */
const seenChunk = 100;

/** A claim is `pending → delivering`, a lease, and the next fence; whoever lost the lease cannot write any more. */
export function deliveryClaim(database: Database) {
  const deliveries = (connection: Connection) => database.from(connection, tables.deliveries);

  /** The due deliveries of each webhook, up to its free slots. */
  const candidates = (input: ClaimInput, suffix: string) =>
    firstDueOfEach(qualified(database, tables.deliveries), 'id', input, suffix);

  /** SQLite and Postgres: one statement. */
  const claimReturning = async (input: ClaimInput, connection: Connection): Promise<StoredDelivery[]> => {
    const { sql, bindings } = candidates(
      input,
      database.client === 'postgres' ? ' for update skip locked' : '',
    );
    const table = qualified(database, tables.deliveries);
    // SQLite would else walk the index of states, through everything that waits (25 ms instead of 1 with 3000 rows).
    const state = database.client === 'sqlite' ? '+state' : 'state';
    const chosen = `select id from (${sql}) as taken limit ?`;
    // Postgres may run a subquery of IN once a row, and each run skips what the one before has locked: a claim of
    // 4 took all 10. An array is asked for once.
    const ids = database.client === 'postgres' ? `= any(array(${chosen}))` : `in (${chosen})`;
    const result: unknown = await connection.raw(
      `update ${table} set state = 'delivering', lease_until = ?, fence = fence + 1 where id ${ids} and ${state} = 'pending' returning *`,
      [input.leaseUntil, ...bindings, input.limit],
    );
    return rowsOf(result).map(fromDeliveryRow);
  };

  const claiming = (leaseUntil: number) => ({
    state: 'delivering',
    lease_until: leaseUntil,
    fence: database.pool().raw('fence + 1'),
  });

  /** Older MySQL and MariaDB: compare-and-set under a token, then read by it, for want of UPDATE … RETURNING. */
  const takeByToken = async (
    ids: readonly number[],
    leaseUntil: number,
    connection: Connection,
    narrow: (query: Query) => void = () => undefined,
  ): Promise<StoredDelivery[]> => {
    if (ids.length === 0) return [];
    const token = randomUUID();
    const query = deliveries(connection)
      .whereIn('id', [...ids])
      .where({ state: 'pending' });
    narrow(query);
    await query.update({ ...claiming(leaseUntil), claim_token: token });
    const taken = (await deliveries(connection)
      .select('*')
      .whereIn('id', [...ids])
      .where({ claim_token: token })) as Record<string, unknown>[];
    return taken.map(fromDeliveryRow);
  };

  const claimByToken = async (input: ClaimInput, connection: Connection): Promise<StoredDelivery[]> => {
    const { sql, bindings } = candidates(input, '');
    const found: unknown = await connection.raw(`select id from (${sql}) as taken limit ?`, [
      ...bindings,
      input.limit,
    ]);
    return takeByToken(
      rowsOf(found).map((row) => toNumber(row.id)),
      input.leaseUntil,
      connection,
    );
  };

  /** Those of `refs` that are still pending, due, and at the fence at which they were seen. */
  const takeSeen = async (
    refs: readonly DeliveryRef[],
    now: number,
    leaseUntil: number,
  ): Promise<StoredDelivery[]> => {
    const asSeen = (query: Query): void => {
      void query.where('due_at', '<=', now).where((any) => {
        for (const { id, fence } of refs) void any.orWhere({ id, fence });
      });
    };
    if (database.client === 'mysql') {
      const ids = refs.map(({ id }) => id);
      return takeByToken(ids, leaseUntil, database.pool(), asSeen);
    }
    const query = deliveries(database.pool()).where({ state: 'pending' });
    asSeen(query);
    const taken = (await query.update(claiming(leaseUntil)).returning('*')) as Record<string, unknown>[];
    return taken.map(fromDeliveryRow);
  };

  /**
   * MySQL ≥ 8.0.1 and MariaDB ≥ 10.6: what another claim holds is passed over, so that two claimers take different
   * rows and neither comes away empty.
   */
  const claimSkippingLocked = async (input: ClaimInput, trx: Connection): Promise<StoredDelivery[]> => {
    const { sql, bindings } = candidates(input, ' for update skip locked');
    const found: unknown = await trx.raw(`select id from (${sql}) as taken limit ?`, [
      ...bindings,
      input.limit,
    ]);
    const ids = rowsOf(found).map((row) => toNumber(row.id));
    if (ids.length === 0) return [];
    await deliveries(trx)
      .whereIn('id', ids)
      .update({ state: 'delivering', lease_until: input.leaseUntil, fence: trx.raw('fence + 1') });
    const taken = (await deliveries(trx).select('*').whereIn('id', ids)) as Record<string, unknown>[];
    return taken.map(fromDeliveryRow);
  };

  const claimPart = async (input: ClaimInput, connection: Connection): Promise<StoredDelivery[]> => {
    if (database.client !== 'mysql') return claimReturning(input, connection);
    if (!(await database.skipsLocked())) return claimByToken(input, connection);
    return connection.isTransaction === true
      ? claimSkippingLocked(input, connection)
      : database.transaction((trx) => claimSkippingLocked(input, trx));
  };

  return {
    /** Takes due deliveries of the webhooks that may go now, each up to its free slots. */
    async claim(input: ClaimInput, connection: Connection = database.pool()): Promise<StoredDelivery[]> {
      const taken: StoredDelivery[] = [];
      for (const slots of partsOf(input.slots, slotChunk)) {
        if (taken.length >= input.limit) break;
        taken.push(...(await claimPart({ ...input, slots, limit: input.limit - taken.length }, connection)));
      }
      return taken;
    },

    /** Takes these deliveries, where nobody else has: the others are simply not among the answer. */
    async claimSeen(
      refs: readonly DeliveryRef[],
      now: number,
      leaseUntil: number,
    ): Promise<StoredDelivery[]> {
      // In one order everywhere, so that two instances do not lock each other's rows crosswise.
      const sorted = [...refs].sort((a, b) => a.id - b.id);
      const taken: StoredDelivery[] = [];
      for (const part of partsOf(sorted, seenChunk)) taken.push(...(await takeSeen(part, now, leaseUntil)));
      return taken;
    },
  };
}
