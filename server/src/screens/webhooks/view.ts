import { errors } from '@strapi/utils';
import type { z } from 'zod';
import { hostOf } from '../../../../contracts';
import type {
  HomeView,
  HourBucket,
  WebhookInTrouble,
  WebhookList,
  WebhookView,
  webhookListQuery,
} from '../../../../contracts';
import { gateState } from '../../gate';
import type { FindStalled, Stalled } from '../../instances';
import type { Store } from '../../store';
import { hourMs } from '../../store/outcomes';
import type { WebhookRow } from '../../store/webhooks';
import { standingOf } from '../standing';
import type { StandingDeps } from '../standing';
import type { DriftService } from './drift';
import { fields } from './fields';
import { isTrouble } from './trouble';
import type { Trouble } from './trouble';

export interface WebhookViewsDeps extends StandingDeps {
  store: Store;
  /** Whether a subscription wants an event type. */
  wants(pattern: string, eventType: string): boolean;
  /** The event types of a content type. */
  eventsOf(uid: string): readonly string[];
  /** The webhooks with waiting deliveries that no process takes. */
  stalled: FindStalled;
  /** What of it needs somebody. */
  attention: Trouble;
  /** What of it names something that is gone. */
  drift: Pick<DriftService, 'needs'>;
}

/** What cannot be seen in the row of a webhook alone. */
interface Ailing {
  stalled: Stalled;
  drifted: ReadonlyMap<number, WebhookView['needsAttention']>;
}

const dayHours = 24;

/** Webhooks as the screens read them. */
export function createWebhookViews(deps: WebhookViewsDeps) {
  const { store, attention } = deps;
  const pool = () => store.database.pool();

  const find = async (id: number): Promise<WebhookRow> => {
    const row = await store.webhooks.find(pool(), id);
    if (!row) throw new errors.NotFoundError(`webhook ${id} does not exist`);
    return row;
  };

  const views = async (rows: readonly WebhookRow[]): Promise<WebhookView[]> => {
    const ids = rows.map((row) => row.id);
    const now = deps.now();
    const firstHour = now - (now % hourMs) - (dayHours - 1) * hourMs;
    const [hours, lastIds, missed] = [
      await store.outcomes.hours(pool(), ids, firstHour),
      await store.outcomes.lastDeliveries(pool(), ids),
      await store.deliveries.skippedCounts(pool(), ids),
    ];
    const last = new Map(
      (await store.deliveries.findMany(pool(), [...lastIds.values()])).map((row) => [row.webhookId, row]),
    );
    const ailing = await ailings(rows);
    return rows.map((row) => {
      const buckets = Array.from({ length: dayHours }, (_, index): HourBucket => {
        const hour = firstHour + index * hourMs;
        const found = hours.find((entry) => entry.webhookId === row.id && entry.hour === hour);
        return { hour, succeeded: found?.succeeded ?? 0, failed: found?.failed ?? 0 };
      });
      const delivery = last.get(row.id);
      return {
        ...view(row, ailing),
        missed: missed.get(row.id) ?? 0,
        hours: buckets,
        lastDelivery: delivery
          ? {
              id: delivery.id,
              at: delivery.finishedAt ?? delivery.createdAt,
              ...standingOf(delivery, row, deps),
            }
          : null,
      };
    });
  };

  const ailings = async (rows: readonly WebhookRow[]): Promise<Ailing> => ({
    stalled: await deps.stalled(rows),
    drifted: await deps.drift.needs(rows),
  });

  const view = (
    row: WebhookRow,
    { stalled, drifted }: Ailing,
  ): Omit<WebhookView, 'missed' | 'hours' | 'lastDelivery'> => {
    const gate = gateState(row, deps.now(), deps.world());
    return {
      id: row.id,
      version: row.revision,
      ...fields(row),
      active: row.active,
      url: row.url,
      urlSecret: row.urlSealed !== null,
      host: hostOf(row.url),
      state: gate.state,
      stateReason: 'reason' in gate ? gate.reason : null,
      heldUntil: 'until' in gate ? gate.until : null,
      home: 'home' in gate ? homeView(gate.home) : null,
      failingSince: row.failingSince,
      slowed: row.throttleLevel > 0,
      headers: row.headers.map(({ name, value, secret }) => ({ name, value: secret ? null : value, secret })),
      templateSecrets: row.templateSecrets.map(({ name }) => ({ name })),
      needsAttention: attention(row, gate, stalled, drifted.get(row.id) ?? null),
      createdAt: row.createdAt,
      updatedAt: row.updatedAt,
    };
  };

  const isSent = (row: WebhookRow, events: readonly string[]): boolean =>
    row.events.some((pattern) => events.some((event) => pattern === event || deps.wants(pattern, event)));

  const ofTypeFirst = (rows: readonly WebhookRow[], uid: string): WebhookRow[] => {
    const events = deps.eventsOf(uid);
    const first = new Set(rows.filter((row) => isSent(row, events)));
    return [...first, ...rows.filter((row) => !first.has(row))];
  };

  /** Those of a state, or of one of the lists that are no state of their own. */
  const inState = async (
    rows: readonly WebhookRow[],
    state: z.output<typeof webhookListQuery>['state'],
  ): Promise<WebhookRow[]> => {
    if (!state) return [...rows];
    if (state === 'failing') return rows.filter(isFailing);
    if (state === 'trouble') {
      const ailing = await ailings(rows);
      return rows.filter((row) => isTrouble(view(row, ailing)));
    }
    const now = deps.now();
    return rows.filter((row) => gateState(row, now, deps.world()).state === state);
  };

  return {
    /** Throws a NotFoundError where it is not there. */
    find,

    async list(query: z.output<typeof webhookListQuery>): Promise<WebhookList> {
      const search = query.search?.trim().toLowerCase();
      const found = (await store.webhooks.all(pool()))
        .filter((row) => !search || `${row.name}\n${row.url}`.toLowerCase().includes(search))
        .filter((row) => !query.event || isSent(row, [query.event]));
      const sorted = (await inState(found, query.state)).sort(order(query.sort));
      const rows = query.first ? ofTypeFirst(sorted, query.first) : sorted;
      const from = (query.page - 1) * query.pageSize;
      return {
        results: await views(rows.slice(from, from + query.pageSize)),
        pagination: {
          page: query.page,
          pageSize: query.pageSize,
          pageCount: Math.ceil(rows.length / query.pageSize),
          total: rows.length,
        },
      };
    },

    /** Webhooks that need attention, then those on hold. Reads the webhooks only. */
    async inTrouble(): Promise<WebhookInTrouble[]> {
      const rows = await store.webhooks.all(pool());
      const ailing = await ailings(rows);
      const views = rows.map((row) => view(row, ailing));
      const missed = await store.deliveries.skippedCounts(
        pool(),
        views.filter(({ active }) => !active).map(({ id }) => id),
      );
      const troubled = views
        .map((webhook) => ({ ...webhook, missed: missed.get(webhook.id) ?? 0 }))
        .filter(isTrouble);
      const needy = (webhook: WebhookInTrouble) => (webhook.needsAttention === null ? 1 : 0);
      return troubled
        .sort((a, b) => needy(a) - needy(b) || a.name.localeCompare(b.name))
        .map((webhook) => ({
          id: webhook.id,
          name: webhook.name,
          host: webhook.host,
          state: webhook.state,
          stateReason: webhook.stateReason,
          heldUntil: webhook.heldUntil,
          home: webhook.home,
          slowed: webhook.slowed,
          failingSince: webhook.failingSince,
          needsAttention: webhook.needsAttention,
          missed: webhook.missed,
        }));
    },

    async get(id: number): Promise<WebhookView> {
      const [found] = await views([await find(id)]);
      if (!found) throw new errors.NotFoundError(`webhook ${id} does not exist`);
      return found;
    },
  };
}

export type WebhookViews = ReturnType<typeof createWebhookViews>;

const homeView = ({ name, host, environment }: HomeView): HomeView => ({ name, host, environment });

function order(sort: z.output<typeof webhookListQuery>['sort']): (a: WebhookRow, b: WebhookRow) => number {
  const [field, direction] = sort.split(':');
  const sign = direction === 'desc' ? -1 : 1;
  if (field === 'failing') return byFailing;
  return field === 'name' ? (a, b) => sign * a.name.localeCompare(b.name) : (a, b) => sign * (a.id - b.id);
}

/** It is on, and nothing has arrived since an attempt failed. */
export const isFailing = ({ active, failingSince }: Pick<WebhookRow, 'active' | 'failingSince'>): boolean =>
  active && failingSince !== null;

/** Those that have been failing for longest first, then by name. */
function byFailing(a: WebhookRow, b: WebhookRow): number {
  const since = (row: WebhookRow) => (isFailing(row) ? (row.failingSince ?? Infinity) : Infinity);
  const [one, other] = [since(a), since(b)];
  return one === other ? a.name.localeCompare(b.name) : one - other;
}
