import type { RefusedDeclaration } from '../catalog';
import type { Context } from '../context';
import { gateState } from '../gate';
import type { World } from '../gate';
import type { QueueService } from '../instances';
import type { SetAsideService } from './set-aside';

export interface DoctorDeps {
  queue: QueueService;
  setAside: SetAsideService;
  /** Declarations of events that were left out. */
  refused(): readonly RefusedDeclaration[];
  world(): World;
}

/** For `npx event-webhooks doctor`: what it reports, and what it repairs. */
export const createDoctor = (
  { store, secrets, now }: Context,
  { queue, setAside, refused, world }: DoctorDeps,
) => ({
  report: async () => ({
    queue: await queue.view(),
    webhooks: (await store.webhooks.all(store.database.pool())).map((row) => ({
      name: row.name,
      ...gateState(row, now(), world()),
      readable: secrets.opened(row) !== null,
    })),
    keys: await secrets.keys(),
    hasEvents: await store.events.any(store.database.pool()),
    setAside: await setAside.count(),
    refused: refused(),
  }),
  matchAgain: setAside.matchAllAgain,
});
