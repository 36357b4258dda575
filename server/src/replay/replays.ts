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
import { hostOf, replayCountAtMost } from '../../../contracts';
import type { World } from '../gate';
import { gateState, skipsNewEvents } from '../gate';
import { gateOf } from './gates';
import type { Store } from '../store';
import { filterOf } from '../store';
import type { ReplayFilter, ReplayRow } from '../store/replays';
import type { WebhookRow } from '../store/webhooks';
import { failuresCalled } from '../wording';

export interface ReplaysDeps {
  store: Store;
  now(): number;
  world(): World;
  actor(): Actor;
  /** A job was created or resumed. */
  changed(): void;
}

/** The strip on the screen shows this many; older ones are not needed. */
const listed = 10;

/** States that can be resent: deliveries in flight, blocked and merged ones stay unchanged. */
const sendable: readonly DeliveryState[] = ['failed', 'skipped', 'cancelled', 'succeeded', 'pending'];

const statesFor: Record<ReplayInput['which'], readonly DeliveryState[]> = {
  not_arrived: ['failed', 'skipped', 'pending'],
  skipped: ['skipped'],
  waiting: ['pending'],
  all: sendable,
};

/** Resend jobs: counted beforehand, created, stopped and resumed. */
export function createReplaysService(deps: ReplaysDeps) {
  const { store } = deps;
  const pool = () => store.database.pool();

  /** The filter of a request in terms of rows, except for a selection or a text. */
  const filter = (input: ReplayInput): ReplayFilter => {
    const asked = filterOf(input);
    const states = (asked.states ?? sendable).filter((state) => statesFor[input.which].includes(state));
    return { ...asked, states, test: false };
  };

  /**
   * Ids that a text matches, newest first; a job cannot use the text itself, because it is searched in
   * bodies.
   */
  const idsByText = async (
    input: ReplayInput,
    webhooks: readonly WebhookRow[],
  ): Promise<{ ids: number[]; more: boolean }> => {
    const text = input.text?.trim().toLowerCase() ?? '';
    const called = webhooks.filter(({ url }) => hostOf(url).startsWith(text)).map(({ id }) => id);
    const query = { ...input, tests: 'hide' as const, pageSize: replayCountAtMost };
    const { rows, reached } = await store.log.page(pool(), query, {
      webhookIds: called,
      failures: failuresCalled(text),
    });
    const { states } = filter(input);
    const ids = rows.filter(({ state }) => states.includes(state)).map(({ id }) => id);
    return {
      ids: ids.slice(0, replayCountAtMost),
      more: rows.length > replayCountAtMost || reached !== null,
    };
  };

  /** A selection's deliveries by webhook, without those that cannot be resent. */
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

  /** The ids that a question names or its text finds; null where it is its filters that find. */
  const chosenBy = async (
    input: ReplayInput,
    webhooks: readonly WebhookRow[],
  ): Promise<{ ids: readonly number[]; more: boolean } | null> => {
    // Tests are all it asks for, and none of them is sent again.
    if (input.tests === 'only') return { ids: [], more: false };
    if (input.ids) return { ids: input.ids, more: false };
    return input.text?.trim() ? idsByText(input, webhooks) : null;
  };

  const found = (input: ReplayInput, webhooks: readonly WebhookRow[]): Promise<Found> =>
    store.replays.found(
      pool(),
      { ...filter(input), webhooks: webhooks.map(({ id }) => id) },
      replayCountAtMost,
    );

  /** What a question comes to: what would be sent, and what is found beside it and would not. */
  const plan = async (input: ReplayInput): Promise<ReplayPlan> => {
    const webhooks = present(await store.webhooks.all(pool()), input);
    const off = webhooks.filter((row) => skipsNewEvents(row));
    const on = webhooks.filter((row) => !off.includes(row));
    const chosen = await chosenBy(input, webhooks);
    const selection = chosen && (await selectionOf(input, chosen.ids));
    const foundOn = selection ? within(selection, on, chosen.more) : await found(input, on);
    const foundOff = selection ? within(selection, off, false) : await found(input, off);
    const ids = foundOn.rows.map(({ id }) => id);
    const count = await store.replays.sendable(pool(), ids);
    const known = new Set(webhooks.map(({ id }) => String(id)));
    const deleted = Object.entries(selection ?? {}).filter(
      ([id]) => !known.has(id) && input.webhook === undefined,
    );
    const refusals: ReplayCount['refusals'] = [
      { reason: 'webhook_off', count: foundOff.rows.length },
      { reason: 'body_gone', count: ids.length - count },
      { reason: 'webhook_deleted', count: deleted.reduce((sum, [, part]) => sum + part.length, 0) },
    ];
    const concerned = new Set(foundOn.rows.map(({ webhookId }) => webhookId));
    return {
      count,
      total: foundOn.more ? null : ids.length,
      selection: selection && partOf(selection, on),
      // Where not all were looked at, there may be some of each.
      webhookIds: on.map(({ id }) => id).filter((id) => foundOn.more || concerned.has(id)),
      refusals: refusals.filter((refusal) => refusal.count > 0),
      off: off
        .filter(({ id }) => foundOff.rows.some(({ webhookId }) => webhookId === id))
        .map(({ name }) => name),
    };
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
      throw new errors.ApplicationError('this job has already ended');
    }
    deps.changed();
    return get(id);
  };

  return {
    get,

    async list(): Promise<ReplayList> {
      const rows = await store.replays.latest(pool(), listed);
      const webhooks = await store.webhooks.all(pool());
      return { results: await Promise.all(rows.map((row) => view(row, webhooks))) };
    },

    /** How many would be sent, exactly as a job of this question would; and what would not, with the reason. */
    async count(input: ReplayInput): Promise<ReplayCount & { count: number }> {
      const { count, total, refusals, off } = await plan(input);
      return { count, more: total === null, refusals, off };
    },

    /** Makes the job; the runner begins at once. A webhook that is off, or of which nothing is found, has no part in it. */
    async create(input: ReplayInput): Promise<ReplayView> {
      const { count, total, selection, webhookIds, refusals } = await plan(input);
      if (selection && total === null) {
        throw new errors.ApplicationError(
          'the text matches too many deliveries; filter by webhook or time instead',
        );
      }
      if (count === 0 && total !== null) throw new errors.ApplicationError(nothingBecause(refusals));
      const { states } = filter(input);
      const id = await store.replays.create(pool(), {
        filter: {
          ...(selection ? { states, test: false } : filter(input)),
          ...(selection ? { selection } : {}),
        },
        cursors: Object.fromEntries(webhookIds.map((webhookId) => [webhookId, 0])),
        lastId: await store.replays.newestId(pool()),
        total,
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

interface Found {
  rows: readonly { id: number; webhookId: number }[];
  more: boolean;
}

interface ReplayPlan {
  /** What would be sent, as far as it was looked at. */
  count: number;
  /** What a job would go through; null where there are more than were looked at. */
  total: number | null;
  selection: Record<string, number[]> | null;
  webhookIds: number[];
  refusals: ReplayCount['refusals'];
  off: string[];
}

const present = (webhooks: readonly WebhookRow[], input: ReplayInput): WebhookRow[] =>
  webhooks.filter(({ id }) => (input.webhook ?? id) === id);

const partOf = (
  selection: Readonly<Record<string, number[]>>,
  webhooks: readonly WebhookRow[],
): Record<string, number[]> =>
  Object.fromEntries(
    webhooks.flatMap(({ id }): [string, number[]][] => {
      const ids = selection[id];
      return ids ? [[String(id), ids]] : [];
    }),
  );

const within = (
  selection: Readonly<Record<string, number[]>>,
  webhooks: readonly WebhookRow[],
  more: boolean,
): Found => ({
  rows: Object.entries(partOf(selection, webhooks)).flatMap(([key, ids]) =>
    ids.map((id) => ({ id, webhookId: Number(key) })),
  ),
  more,
});

/** Why there is nothing, where it is not that nothing was found. */
const nothingBecause = (refusals: ReplayCount['refusals']): string =>
  refusals.some(({ reason }) => reason === 'webhook_off')
    ? 'there is nothing to resend: what was found is meant for webhooks that are off'
    : 'there is nothing to resend';

export type ReplaysService = ReturnType<typeof createReplaysService>;

/** By number if they were counted, else by how far in the log each webhook's part has come. */
function progressOf({ state, total, done, refused, cursors, lastId }: ReplayRow): number {
  if (state === 'finished') return 1;
  if (total !== null) return Math.min(1, (done + refused) / Math.max(total, 1));
  const parts = Object.values(cursors);
  const sum = parts.reduce((all, cursor) => all + Math.min(1, cursor / Math.max(lastId, 1)), 0);
  return parts.length === 0 ? 1 : sum / parts.length;
}
