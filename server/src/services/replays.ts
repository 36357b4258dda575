import { errors } from '@strapi/utils';
import type {
  Actor,
  DeliveryState,
  ReplayCount,
  ReplayInput,
  ReplayList,
  ReplayRefusal,
  ReplayView,
} from '../../../contracts';
import { replayCountAtMost } from '../../../contracts';
import type { GateState, World } from '../gate/gate';
import { gateState, skipsNewEvents } from '../gate/gate';
import { hostOf } from '../matching/match';
import type { ReplayGate } from '../queue/replay-runner';
import type { Store } from '../store';
import { filterOf } from '../store/delivery-log';
import type { ReplayFilter, ReplayRow } from '../store/replays';
import type { WebhookRow } from '../store/webhooks';

export interface ReplaysDeps {
  store: Store;
  now(): number;
  world(): World;
  actor(): Actor;
  /** A job was made or resumed. */
  changed(): void;
}

/** The strip on the screen shows these; older ones are history that nobody asks for. */
const listed = 10;

/** States that a resend by hand takes: in flight, in line and merged ones stay as they are. */
const sendable: readonly DeliveryState[] = ['failed', 'skipped', 'cancelled', 'succeeded', 'pending'];

const statesFor: Record<ReplayInput['which'], readonly DeliveryState[]> = {
  not_arrived: ['failed', 'skipped'],
  skipped: ['skipped'],
  all: sendable,
};

/** Many deliveries sent again: counted beforehand, made as a job, stopped and resumed. */
export function createReplaysService(deps: ReplaysDeps) {
  const { store } = deps;
  const pool = () => store.database.pool();

  /** What a question means for the rows, but for a selection or a text. */
  const filter = (input: ReplayInput): ReplayFilter => {
    const asked = filterOf(input);
    const states = (asked.states ?? sendable).filter((state) => statesFor[input.which].includes(state));
    return { ...asked, states, test: false };
  };

  /** Ids that a text finds, newest first; it cannot be told to a job, for it looks into bodies. */
  const idsByText = async (
    input: ReplayInput,
    webhooks: readonly WebhookRow[],
  ): Promise<{ ids: number[]; more: boolean }> => {
    const text = input.text?.trim().toLowerCase() ?? '';
    const called = webhooks.filter(({ url }) => hostOf(url).startsWith(text)).map(({ id }) => id);
    const query = { ...input, tests: 'hide' as const, pageSize: replayCountAtMost };
    const { rows, reached } = await store.log.page(pool(), query, called);
    const { states } = filter(input);
    const ids = rows.filter(({ state }) => states.includes(state)).map(({ id }) => id);
    return {
      ids: ids.slice(0, replayCountAtMost),
      more: rows.length > replayCountAtMost || reached !== null,
    };
  };

  /** A selection's deliveries by webhook, without those that are not to be sent again. */
  const selectionOf = async (input: ReplayInput, ids: readonly number[]) => {
    const { states } = filter(input);
    const selection: Record<string, number[]> = {};
    for (const row of await store.deliveries.briefly(pool(), ids)) {
      if (row.test || !states.includes(row.state)) continue;
      (selection[row.webhookId] ??= []).push(row.id);
    }
    Object.values(selection).forEach((part) => part.sort((a, b) => a - b));
    return selection;
  };

  const gates = async (webhookIds: readonly number[], now: number): Promise<Map<number, ReplayGate>> => {
    const rows = await store.webhooks.all(pool());
    return new Map(
      webhookIds.map((id) => {
        const row = rows.find((webhook) => webhook.id === id);
        return [id, row ? gateOf(row, gateState(row, now, deps.world())) : 'webhook_deleted'] as const;
      }),
    );
  };

  const view = async (replay: ReplayRow, webhooks: readonly WebhookRow[]): Promise<ReplayView> => {
    const now = deps.now();
    const open = Object.entries(replay.cursors).filter(([, cursor]) => cursor < replay.lastId);
    const waiting = webhooks
      .filter(({ id }) => open.some(([key]) => Number(key) === id))
      .map((row) => ({ row, gate: gateState(row, now, deps.world()) }))
      .filter(({ row, gate }) => gateOf(row, gate) === 'waits')
      .map(({ row, gate }) => ({ name: row.name, reason: 'reason' in gate ? gate.reason : gate.state }));
    return {
      id: replay.id,
      state: replay.state,
      total: replay.total,
      done: replay.done,
      refused: replay.refused,
      refusals: Object.entries(replay.refusals).map(([reason, count]) => ({
        reason: reason as ReplayRefusal,
        count,
      })),
      progress: progressOf(replay),
      waiting: replay.state === 'running' ? waiting : [],
      by: replay.byName,
      createdAt: replay.createdAt,
      finishedAt: replay.finishedAt,
    };
  };

  const get = async (id: number): Promise<ReplayView> => {
    const replay = await store.replays.find(pool(), id);
    if (!replay) throw new errors.NotFoundError(`replay ${id} does not exist`);
    return view(replay, await store.webhooks.all(pool()));
  };

  const turn = async (id: number, from: 'running' | 'stopped', to: 'running' | 'stopped') => {
    if (!(await store.replays.turn(id, from, to))) {
      await get(id);
      throw new errors.ApplicationError('this has ended already');
    }
    deps.changed();
    return get(id);
  };

  const present = (webhooks: readonly WebhookRow[], input: ReplayInput): WebhookRow[] =>
    webhooks.filter(({ id }) => (input.webhook ?? id) === id);

  return {
    gates,
    get,

    async list(): Promise<ReplayList> {
      const rows = await store.replays.latest(pool(), listed);
      const webhooks = await store.webhooks.all(pool());
      return { results: await Promise.all(rows.map((row) => view(row, webhooks))) };
    },

    /** How many it would be; never more than there are. Those of deleted webhooks are none of them. */
    async count(input: ReplayInput): Promise<ReplayCount> {
      const webhooks = present(await store.webhooks.all(pool()), input);
      const off = webhooks.filter((row) => skipsNewEvents(row));
      const chosen = input.ids ?? (input.text?.trim() ? await idsByText(input, webhooks) : null);
      if (chosen !== null) {
        const { ids, more } = 'ids' in chosen ? chosen : { ids: chosen, more: false };
        const selection = await selectionOf(input, ids);
        const counts = webhooks.map((row) => ({ row, count: selection[row.id]?.length ?? 0 }));
        return {
          count: counts.reduce((sum, { count }) => sum + count, 0),
          more,
          off: counts.filter(({ row, count }) => count > 0 && off.includes(row)).map(({ row }) => row.name),
        };
      }
      const found = await store.replays.count(
        pool(),
        { ...filter(input), webhooks: webhooks.map(({ id }) => id) },
        replayCountAtMost,
      );
      return { ...found, off: off.map(({ name }) => name) };
    },

    /** Makes the job; the runner begins at once. */
    async create(input: ReplayInput): Promise<ReplayView> {
      const webhooks = present(await store.webhooks.all(pool()), input);
      const isListed = input.ids !== undefined || Boolean(input.text?.trim());
      const found = input.ids ? { ids: input.ids, more: false } : null;
      const chosen = found ?? (isListed ? await idsByText(input, webhooks) : null);
      if (chosen?.more) {
        throw new errors.ApplicationError('the text fits too many; choose a webhook or a time instead');
      }
      const selection = chosen ? await selectionOf(input, chosen.ids) : undefined;
      const count = await this.count(input);
      if (count.count === 0) throw new errors.ApplicationError('there is nothing to send again');
      const concerned = webhooks.filter(({ id }) => !selection || selection[id]);
      const id = await store.replays.create(pool(), {
        filter: { ...(selection ? { states: filter(input).states, test: false } : filter(input)), selection },
        cursors: Object.fromEntries(concerned.map((row) => [row.id, 0])),
        lastId: await store.replays.newestId(pool()),
        total: count.more ? null : count.count,
        byName: deps.actor().name,
        createdAt: deps.now(),
      });
      deps.changed();
      return get(id);
    },

    stop: (id: number): Promise<ReplayView> => turn(id, 'running', 'stopped'),
    resume: (id: number): Promise<ReplayView> => turn(id, 'stopped', 'running'),
  };
}

export type ReplaysService = ReturnType<typeof createReplaysService>;

function gateOf(row: WebhookRow, gate: GateState): Exclude<ReplayGate, 'webhook_deleted'> {
  if (skipsNewEvents(row)) return 'webhook_off';
  return gate.state === 'active' ? 'open' : 'waits';
}

/** By number where they were counted, else by how far in the log each webhook's part has come. */
function progressOf({ state, total, done, refused, cursors, lastId }: ReplayRow): number {
  if (state === 'finished') return 1;
  if (total !== null) return Math.min(1, (done + refused) / Math.max(total, 1));
  const parts = Object.values(cursors);
  const sum = parts.reduce((all, cursor) => all + Math.min(1, cursor / Math.max(lastId, 1)), 0);
  return parts.length === 0 ? 1 : sum / parts.length;
}
