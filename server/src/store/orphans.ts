import { maxRowId } from '../../../contracts/parts';
import { tables } from '../constants';
import type { Database } from './connection';
import { toNumberOrNull } from './connection';

const waiting = ['pending', 'blocked'];

/** Maximum number of webhooks per run: `strapi import` gives all of them new ids. */
const atMost = 1000;

/**
 * Waiting deliveries of webhooks that no longer exist. `strapi import` and `transfer` replace webhooks
 * without the plugin.
 */
export function createOrphanStore(database: Database) {
  const deliveries = () => database.from(database.pool(), tables.deliveries);

  const firstBetween = async (above: number, below: number): Promise<number | null> => {
    const query = deliveries().where('webhook_id', '>', above);
    // Postgres refuses a bound outside the range of its column.
    if (below <= maxRowId) void query.where('webhook_id', '<', below);
    const [row] = (await query.min('webhook_id as id')) as { id: unknown }[];
    return toNumberOrNull(row?.id);
  };

  const waits = async (webhookId: number): Promise<boolean> =>
    (await deliveries().select('id').where({ webhook_id: webhookId }).whereIn('state', waiting).limit(1))
      .length > 0;

  return {
    /**
     * Ids with waiting deliveries that are not among `living`. Steps from id to id along the index on
     * webhook, state and time, and only where ids are missing: a long log costs nothing.
     */
    async webhookIds(living: readonly number[]): Promise<number[]> {
      const ids = [0, ...living.toSorted((a, b) => a - b), maxRowId + 1];
      const orphans: number[] = [];
      for (const [index, below] of ids.slice(1).entries()) {
        let above = ids[index] ?? 0;
        while (above + 1 < below && orphans.length < atMost) {
          const next = await firstBetween(above, below);
          if (next === null) break;
          if (await waits(next)) orphans.push(next);
          above = next;
        }
      }
      return orphans;
    },
  };
}
