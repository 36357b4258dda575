import type { StatusView } from '../../../contracts';
import type { World } from '../gate';
import { awayFrom, betterKnown, withHostOfHere } from '../gate';
import type { InstanceRow } from '../store/instances';
import { eachInTurn } from '../store/others-turn';
import type { StoredHome, WebhookRow } from '../store/webhooks';
import type { Siblings } from './siblings';

export interface HomesDeps {
  world(): World;
  all(): Promise<WebhookRow[]>;
  /** Saves a home for webhooks that have none. */
  saveFirstHome(home: StoredHome): Promise<void>;
  /** False: it is another one than `seen` by now, and nothing was written. */
  replaceHome(id: number, seen: StoredHome, home: StoredHome): Promise<boolean>;
  saveHome(ids: readonly number[], home: StoredHome): Promise<void>;
  cancelWaiting(webhookId: number): Promise<void>;
  tell(webhookId: number, news: 'away', reason: string): Promise<void>;
  log(message: string): void;
  changed(): Promise<void>;
  siblings: Siblings;
  /** The processes that are alive according to this database. */
  alive(): Promise<readonly InstanceRow[]>;
  /** Reads the mark of the database, and creates one if there is none. */
  readMark(): Promise<void>;
}

/** A home to be written instead of the one that was read; `reason` where its owner is alerted. */
interface Change {
  id: number;
  seen: StoredHome;
  home: StoredHome;
  reason: 'host' | null;
}

/** Which installation webhooks belong to, and an administrator's decision about them in a copied database. */
export function createHomesService(deps: HomesDeps) {
  const said = new Set<string>();

  const rule = (row: WebhookRow) => {
    const world = deps.world();
    return row.home === null || world.isInbox(row.url) ? null : awayFrom(row.home, world);
  };

  const describe = ({ name, host, environment }: StoredHome): string =>
    [name, host, environment].filter((part) => part !== null && part !== '').join(' · ');

  /** Logged once per process: this is checked every few seconds. */
  const sayOnce = (row: WebhookRow, home: StoredHome): void => {
    const line = `event-webhooks: webhook "${row.name}" belongs to another installation (${describe(home)}) and is on hold; see the Webhooks screen`;
    if (said.has(line)) return;
    said.add(line);
    deps.log(line);
  };

  /** What is to be written for a webhook that has a home, or null. */
  const changeOf = (row: WebhookRow, home: StoredHome): Change | null => {
    const { here } = deps.world();
    const away = rule(row);
    if (away === null) {
      // Facts that were not known when it was confirmed.
      const better = betterKnown(home, here) ?? withHostOfHere(home, here);
      return better && { id: row.id, seen: home, home: better, reason: null };
    }
    // Another process may turn out to belong to this installation, and its host to be one of ours.
    if (away === 'host' && deps.siblings.undecided()) return null;
    sayOnce(row, home);
    const toldFrom = here.host ?? '';
    if (away !== 'host' || home.toldFrom === toldFrom) return null;
    return { id: row.id, seen: home, home: { ...home, toldFrom }, reason: away };
  };

  /** Not if somebody has moved or deleted the webhook since it was read. */
  const write = async ({ id, seen, home, reason }: Change): Promise<void> => {
    const isWritten = await deps.replaceHome(id, seen, home);
    if (isWritten && reason !== null) await deps.tell(id, 'away', reason);
  };

  /**
   * Stores the installation of webhooks that had none, and alerts the owners of those that another real host
   * has sent until now.
   */
  const settle = async (): Promise<void> => {
    const rows = await deps.all();
    if (rows.some(({ home }) => home === null)) await deps.saveFirstHome(deps.world().here);
    const changes = rows
      .map((row) => row.home && changeOf(row, row.home))
      .filter((change) => change !== null);
    await eachInTurn(changes, write);
  };

  const look = async (): Promise<void> => {
    await deps.readMark();
    const before = deps.siblings.hosts().length;
    deps.siblings.look(await deps.alive());
    await settle();
    // Deliveries that have waited for it can be sent.
    if (deps.siblings.hosts().length > before) await deps.changed();
  };
  let looking: Promise<void> | null = null;

  return {
    settle,

    /** When the server listens, and every few seconds from then on; one at a time. */
    look: (): Promise<void> => (looking ??= look().finally(() => (looking = null))),

    async away(): Promise<StatusView['away']> {
      return (await deps.all()).flatMap((row) => {
        const away = rule(row);
        return away === null || row.home === null
          ? []
          : [{ id: row.id, name: row.name, rule: away, home: describe(row.home) }];
      });
    },

    /** They send from here on; with `discard` waiting deliveries are cancelled first. */
    async move(ids: readonly number[], discard: boolean): Promise<{ changed: number }> {
      const moved = (await deps.all()).map(({ id }) => id).filter((id) => ids.includes(id));
      if (discard) await eachInTurn(moved, deps.cancelWaiting);
      await deps.saveHome(moved, deps.world().here);
      await deps.changed();
      return { changed: moved.length };
    },
  };
}

export type HomesService = ReturnType<typeof createHomesService>;
