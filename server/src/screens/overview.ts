import type { DeliveredBy, OverviewView, PauseView, StatusView, WebhookInTrouble } from '../../../contracts';
import type { Store } from '../store';
import { hourMs } from '../store/outcomes';
import type { FindStalled } from '../instances';
import { isFailing } from './webhooks';

export interface OverviewDeps {
  store: Store;
  stalled: FindStalled;
  pause(): PauseView | null;
  away(): Promise<StatusView['away']>;
  deliveredBy(): Promise<DeliveredBy | null>;
  inTrouble(): Promise<WebhookInTrouble[]>;
  now(): number;
}

/** As many as the bars of the list show, including the current hour. */
const dayHours = 24;

/** More is shown as "1000+": the home page and the banners must not count a whole queue. */
const countedAtMost = 1000;

/** Listed one by one on the home page. */
const namedAtMost = 5;

/** The overall state: for the banners above every screen, and for the home page. */
export function createOverviewService(deps: OverviewDeps) {
  const { store } = deps;
  const pool = () => store.database.pool();

  return {
    async status(): Promise<StatusView> {
      const away = await deps.away();
      return {
        pause: deps.pause(),
        away,
        awayWaiting: await store.deliveries.waitingCount(
          pool(),
          away.map(({ id }) => id),
          countedAtMost,
        ),
        stalledSince: (await deps.stalled(await store.webhooks.all(pool()))).since,
        deliveredBy: await deps.deliveredBy(),
      };
    },

    /** A few bounded queries, however much there is. */
    async overview(): Promise<OverviewView> {
      const rows = await store.webhooks.all(pool());
      const ids = rows.map(({ id }) => id);
      const now = deps.now();
      const firstHour = now - (now % hourMs) - (dayHours - 1) * hourMs;
      const hours = await store.outcomes.hours(pool(), ids, firstHour);
      const trouble = await deps.inTrouble();
      const sum = (outcome: 'succeeded' | 'failed') =>
        hours.reduce((total, hour) => total + hour[outcome], 0);
      return {
        delivered: sum('succeeded'),
        failed: sum('failed'),
        waiting: await store.deliveries.waitingCount(pool(), ids, countedAtMost),
        trouble: trouble.slice(0, namedAtMost),
        troubleTotal: trouble.length,
        failingTotal: rows.filter(isFailing).length,
        pause: deps.pause(),
        stalledSince: (await deps.stalled(rows)).since,
      };
    },
  };
}

export type OverviewService = ReturnType<typeof createOverviewService>;
