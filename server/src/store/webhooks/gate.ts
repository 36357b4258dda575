import { tables } from '../../constants';
import type { GatePatch, GateRow } from '../../gate';
import type { Connection, Database } from '../connection';
import { toNumber } from '../connection';
import type { Query } from '../db';

const gateColumns = {
  active: 'active',
  disabledReason: 'disabled_reason',
  disabledAt: 'disabled_at',
  failures: 'failures',
  failingSince: 'failing_since',
  lastFailureAt: 'last_failure_at',
  warnedAt: 'warned_at',
  breakerLevel: 'breaker_level',
  openedAt: 'opened_at',
  throttleLevel: 'throttle_level',
  throttledAt: 'throttled_at',
} as const satisfies Record<keyof Omit<GatePatch, 'hold' | 'lift'>, string>;

/** The inputs of the gate: if one of these was changed meanwhile, it computes again. */
const comparedColumns = [
  'failures',
  'failingSince',
  'lastFailureAt',
  'warnedAt',
  'breakerLevel',
  'openedAt',
  'throttleLevel',
  'throttledAt',
  'disabledReason',
] as const satisfies (keyof typeof gateColumns)[];

export type GateSeen = Pick<GateRow, (typeof comparedColumns)[number]>;

/** Columns of rows that were written before the columns existed. */
const emptyIsZero: ReadonlySet<string> = new Set(['failures', 'breakerLevel', 'throttleLevel']);

/** What the gate decided, written into the webhook's row. */
export function webhookGate(database: Database) {
  const webhooks = (connection: Connection) => database.from(connection, tables.webhooks);

  return {
    /**
     * The gate's own writes: no lifecycle, no `updatedAt`. False if nothing was written: notices for the
     * owner (disabled, warned) are written once, by the first writer; and with `seen`, the row that the patch
     * was computed from, later writes of others are not overwritten.
     */
    async patchGate(
      connection: Connection,
      id: number,
      { hold, lift, ...patch }: GatePatch,
      seen?: GateSeen,
    ): Promise<boolean> {
      const row = webhooks(connection).where({ id });
      if (typeof patch.disabledReason === 'string') void row.whereNull('disabled_reason');
      if (typeof patch.warnedAt === 'number') void row.whereNull('warned_at');
      if (seen)
        void row.where((same) => void comparedColumns.forEach((name) => isStill(same, name, seen[name])));
      const plain = Object.fromEntries(
        Object.entries(patch).map(([key, value]) => [gateColumns[key as keyof typeof gateColumns], value]),
      );
      const columns = { ...plain, ...holding(connection, hold), ...lifting(connection, lift) };
      return toNumber(await row.update(columns)) === 1;
    },

    /**
     * Holds written in the future were written before the clock was set back: each lasts as long as intended,
     * from now.
     * @returns how many
     */
    async holdsOfTheFuture(connection: Connection, now: number, skewMs: number): Promise<number> {
      const changed = await webhooks(connection)
        .where('held_since', '>', now + skewMs)
        // MySQL assigns from left to right: the old time is read first.
        .update({ held_until: connection.raw('held_until - held_since + ?', [now]), held_since: now });
      return toNumber(changed);
    },
  };
}

function isStill(query: Query, name: (typeof comparedColumns)[number], value: string | number | null): void {
  const column = gateColumns[name];
  if (emptyIsZero.has(name) && value === 0)
    void query.where((any) => void any.whereNull(column).orWhere(column, 0));
  else if (value === null) void query.whereNull(column);
  else void query.where(column, value);
}

/**
 * The longest hold wins, in the statement itself. MySQL assigns from left to right, so the compared column
 * comes last.
 */
function holding(connection: Connection, hold: GatePatch['hold']): Record<string, unknown> {
  if (!hold) return {};
  const where = 'case when held_until is null or held_until < ? then ? else';
  return {
    held_reason: connection.raw(`${where} held_reason end`, [hold.until, hold.reason]),
    held_since: connection.raw(`${where} held_since end`, [hold.until, hold.since]),
    held_until: connection.raw(`${where} held_until end`, [hold.until, hold.until]),
  };
}

function lifting(connection: Connection, lift: GatePatch['lift']): Record<string, unknown> {
  if (lift === undefined) return {};
  if (lift === 'any') return { held_until: null, held_since: null, held_reason: null };
  const where = 'case when held_reason = ? then null else';
  return {
    held_until: connection.raw(`${where} held_until end`, [lift]),
    held_since: connection.raw(`${where} held_since end`, [lift]),
    held_reason: connection.raw(`${where} held_reason end`, [lift]),
  };
}
