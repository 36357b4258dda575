import type { StatusView } from '../../../contracts';
import type { World } from '../gate/gate';
import type { Home } from '../gate/home';
import { awayFrom, betterKnown } from '../gate/home';
import type { Connection } from '../store/connection';
import type { StoredHome, WebhookRow } from '../store/webhooks';

export interface HomesDeps {
  world(): World;
  all(): Promise<WebhookRow[]>;
  pool(): Connection;
  saveHome(connection: Connection, id: number, home: StoredHome): Promise<void>;
  cancelWaiting(webhookId: number): Promise<void>;
  tell(webhookId: number, news: 'away', reason: string): Promise<void>;
  log(message: string): void;
  changed(): Promise<void>;
}

/** Where webhooks are at home, and what an administrator of a copied database decides about them. */
export function createHomesService(deps: HomesDeps) {
  const rule = (row: WebhookRow) => {
    const world = deps.world();
    return row.home === null || world.isInbox(row.url) ? null : awayFrom(row.home, world);
  };

  const describe = ({ name, host, environment }: Home): string =>
    [name, host, environment].filter((part) => part !== null && part !== '').join(' · ');

  return {
    here: (): StoredHome => deps.world().here,

    /**
     * Once, when the server listens: remembers where webhooks are that did not know it, and tells the owners of
     * those that another real host has sent until now.
     */
    async settle(): Promise<void> {
      const { here } = deps.world();
      for (const row of await deps.all()) {
        if (row.home === null) {
          await deps.saveHome(deps.pool(), row.id, here);
          continue;
        }
        const away = rule(row);
        if (away === null) {
          const better = betterKnown(row.home, here);
          if (better) await deps.saveHome(deps.pool(), row.id, better);
        } else {
          deps.log(
            `event-webhooks: webhook "${row.name}" is at home in ${describe(row.home)} and waits; see the Webhooks screen`,
          );
        }
        const toldFrom = here.host ?? '';
        if (away === 'host' && row.home.toldFrom !== toldFrom) {
          await deps.saveHome(deps.pool(), row.id, { ...row.home, toldFrom });
          await deps.tell(row.id, 'away', away);
        }
      }
    },

    async away(): Promise<StatusView['away']> {
      return (await deps.all()).flatMap((row) => {
        const away = rule(row);
        return away === null || row.home === null
          ? []
          : [{ id: row.id, name: row.name, rule: away, home: describe(row.home) }];
      });
    },

    /** They send from here on; with `discard` what waits is cancelled first. */
    async move(ids: readonly number[], discard: boolean): Promise<{ changed: number }> {
      const rows = (await deps.all()).filter((row) => ids.includes(row.id));
      for (const { id } of rows) {
        if (discard) await deps.cancelWaiting(id);
        await deps.saveHome(deps.pool(), id, deps.world().here);
      }
      await deps.changed();
      return { changed: rows.length };
    },
  };
}

export type HomesService = ReturnType<typeof createHomesService>;
