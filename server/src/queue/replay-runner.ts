import type { DeliveryState, ReplayRefusal } from '../../../contracts';
import { added } from '../store/replays';
import type { ReplayChunk, ReplayRow, ReplayStep } from '../store/replays';
import { reasonOf } from '../reason';

/** What becomes of a webhook's part of a job now. */
export type ReplayGate = 'open' | 'waits' | Extract<ReplayRefusal, 'webhook_off' | 'webhook_deleted'>;

export interface ReplayRunnerDeps {
  /** Running jobs that are free, or ours. */
  free(token: string, now: number): Promise<number[]>;
  lease(id: number, token: string, now: number, until: number): Promise<ReplayRow | null>;
  chunk(replay: ReplayRow, webhookId: number, limit: number): Promise<ReplayChunk>;
  /** Due deliveries of a webhook that wait, up to `atMost`. */
  backlog(webhookId: number, now: number, atMost: number): Promise<number>;
  /** In one transaction: these become due, and the step is written down. False: nothing was done, the job is not ours. */
  step(
    replay: ReplayRow,
    ids: readonly number[],
    states: readonly DeliveryState[],
    step: ReplayStep,
    lease: { token: string; now: number; until: number },
  ): Promise<boolean>;

  finish(id: number, token: string, now: number): Promise<void>;
  release(token: string): Promise<void>;
  /** The gate of each of these webhooks. */
  gates(webhookIds: readonly number[], now: number): Promise<Map<number, ReplayGate>>;
  wake(): void;
  now(): number;
  log(message: string): void;
  token: string;
}

/** Live deliveries come first: no more than these of a replay stand before one that is captured now. */
const backlogAtMost = 50;
/** Rows a step: a transaction on SQLite stays far below its 50 ms. */
const stepRows = 50;
const leaseMs = 15_000;
/** Between two steps the queue empties itself. */
const stepPauseMs = 50;
/** Every backlog is full, or every webhook waits. */
const stuckPauseMs = 200;
const idleMs = 1000;
const errorPauseMs = 2000;

/**
 * SENDS MANY AGAIN, at a pace at which nobody waits for it. One loop; of several instances only the one with the
 * job's lease works on it, and a job goes on after a crash where its cursors say.
 *
 *     idle ──(a job is running and free)──▶ a round: each job's lease, and of each job a step: ──▶ finished
 *       ▲                                     a few deliveries of each webhook whose backlog is small
 *       └──(stopped, lease lost, shutdown)────┘
 */
export function createReplayRunner(deps: ReplayRunnerDeps) {
  let stopping = false;
  let loop: Promise<void> | null = null;
  let ring: (() => void) | null = null;

  const pause = (ms: number): Promise<void> =>
    stopping
      ? Promise.resolve()
      : new Promise((resolve) => {
          const finish = () => {
            clearTimeout(timer);
            ring = null;
            resolve();
          };
          const timer = setTimeout(finish, ms);
          timer.unref();
          ring = finish;
        });

  /** How many more may be handed over, by what already waits. */
  const room = async (gate: ReplayGate, webhookId: number, now: number): Promise<number> => {
    if (gate === 'waits') return 0;
    if (gate !== 'open') return stepRows;
    const waiting = await deps.backlog(webhookId, now, backlogAtMost);
    return Math.min(stepRows, backlogAtMost - waiting);
  };

  const left = (replay: ReplayRow): number[] =>
    Object.entries(replay.cursors)
      .filter(([, cursor]) => cursor < replay.lastId)
      .map(([id]) => Number(id));

  /** The next few deliveries of one webhook. @returns the job as it is then, or null where it is no longer ours. */
  const step = async (replay: ReplayRow, webhookId: number, gate: ReplayGate, limit: number) => {
    const { ids, reached } = await deps.chunk(replay, webhookId, limit);
    const sent = gate === 'open' ? ids.filter(({ hasBody }) => hasBody).map(({ id }) => id) : [];
    const reason: ReplayRefusal = gate === 'webhook_off' || gate === 'webhook_deleted' ? gate : 'body_gone';
    const refused = ids.length - sent.length;
    const cursors = { ...replay.cursors, [webhookId]: reached ?? replay.lastId };
    const refusals: ReplayStep['refusals'] = refused > 0 ? { [reason]: refused } : {};
    const now = deps.now();
    const lease = { token: deps.token, now, until: now + leaseMs };
    const written = await deps.step(
      replay,
      sent,
      replay.filter.states,
      { cursors, done: sent.length, refusals },
      lease,
    );
    if (!written) return null;
    if (sent.length > 0) deps.wake();
    return {
      ...replay,
      cursors,
      done: replay.done + sent.length,
      refusals: added(replay.refusals, refusals),
    };
  };

  /** One step of each webhook's part. @returns whether anything moved. */
  const turn = async (leased: ReplayRow): Promise<boolean> => {
    const webhookIds = left(leased);
    if (webhookIds.length === 0) {
      await deps.finish(leased.id, deps.token, deps.now());
      return true;
    }
    const gates = await deps.gates(webhookIds, deps.now());
    let replay = leased;
    for (const webhookId of webhookIds) {
      const gate = gates.get(webhookId) ?? 'webhook_deleted';
      const limit = stopping ? 0 : await room(gate, webhookId, deps.now());
      if (limit <= 0) continue;
      const next = await step(replay, webhookId, gate, limit);
      if (next === null) return true;
      replay = next;
    }
    return replay !== leased;
  };

  /** @returns milliseconds until the next round. */
  const round = async (): Promise<number> => {
    const ids = await deps.free(deps.token, deps.now());
    let hasMoved = false;
    for (const id of ids) {
      const now = deps.now();
      const replay = stopping ? null : await deps.lease(id, deps.token, now, now + leaseMs);
      if (replay && (await turn(replay))) hasMoved = true;
    }
    if (ids.length === 0) return idleMs;
    return hasMoved ? stepPauseMs : stuckPauseMs;
  };

  const work = async (): Promise<void> => {
    while (!stopping) {
      try {
        await pause(await round());
      } catch (error) {
        // A loop of ours never ends the process, and never ends by itself.
        if (!stopping)
          deps.log(`event-webhooks: a replay could not go on, and is tried again: ${reasonOf(error)}`);
        await pause(errorPauseMs);
      }
    }
  };

  return {
    start(): void {
      loop ??= work();
    },
    /** A job was made or resumed. */
    wake: (): void => ring?.(),
    /** The step under way is awaited; another instance, or the next start, goes on at once. */
    async stop(): Promise<void> {
      stopping = true;
      ring?.();
      if (!loop) return;
      await loop;
      await deps.release(deps.token);
    },
  };
}

export type ReplayRunner = ReturnType<typeof createReplayRunner>;
