import type { DeliveryState, ReplayRefusal } from '../../../contracts';
import { othersTurn } from '../store/others-turn';
import { added } from '../store/replays';
import type { ReplayChunk, ReplayRow, ReplayStep } from '../store/replays';
import { reasonOf } from '../reason';
import { createSleep } from '../sleep';

/** The current state of a webhook's part of a job. */
export type ReplayGate = 'open' | 'waits' | Extract<ReplayRefusal, 'webhook_off' | 'webhook_deleted'>;

export interface ReplayRunnerDeps {
  /** Running jobs that are free, or ours. */
  free(token: string, now: number): Promise<number[]>;
  lease(id: number, token: string, now: number, until: number): Promise<ReplayRow | null>;
  chunk(replay: ReplayRow, webhookId: number, limit: number): Promise<ReplayChunk>;
  /** Due deliveries of a webhook that wait, up to `atMost`. */
  backlog(webhookId: number, now: number, atMost: number): Promise<number>;
  /**
   * In one transaction: these become due, and the progress is saved. False: nothing was done, the job is not
   * ours.
   */
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

/** New deliveries take precedence: at most this many of a job wait in front of one that is captured now. */
const backlogAtMost = 50;
/** Rows per step: a transaction on SQLite stays far below its 50 ms. */
const stepRows = 50;
const leaseMs = 15_000;
/** Between two steps the queue is processed. */
const stepPauseMs = 50;
/** Every backlog is full, or every webhook waits. */
const stuckPauseMs = 200;
const idleMs = 1000;
const errorPauseMs = 2000;

/**
 * RESENDS MANY DELIVERIES, at a pace that delays no new one. One loop; of several instances only the one with the
 * job's lease works on it, and after a crash a job resumes where its cursors say.
 *
 *     idle ──(a job is running and free)──▶ a round: each job's lease, and of each job a step: ──▶ finished
 *       ▲                                     a few deliveries of each webhook whose backlog is small
 *       └──(stopped, lease lost, shutdown)────┘
 */
export function createReplayRunner(deps: ReplayRunnerDeps) {
  let stopping = false;
  let loop: Promise<void> | null = null;
  const sleeper = createSleep();
  /** Parts that have something to send to a webhook that may not send now: looked for once, not in each round. */
  const waiting = new Set<string>();

  const pause = async (ms: number): Promise<void> => {
    if (!stopping) await sleeper.sleep(ms);
  };

  /** How many more can be handed over, given the number that already wait. */
  const room = async (gate: ReplayGate, webhookId: number, now: number): Promise<number> => {
    // One, to see whether there is any: a job does not wait for a webhook that it has nothing for.
    if (gate === 'waits') return 1;
    if (gate !== 'open') return stepRows;
    const waiting = await deps.backlog(webhookId, now, backlogAtMost);
    return Math.min(stepRows, backlogAtMost - waiting);
  };

  const left = (replay: ReplayRow): number[] =>
    Object.entries(replay.cursors)
      .filter(([, cursor]) => cursor < replay.lastId)
      .map(([id]) => Number(id));

  /** The next few deliveries of one webhook. @returns the updated job, or null if it is no longer ours. */
  const step = async (replay: ReplayRow, webhookId: number, gate: ReplayGate, limit: number) => {
    const { ids, reached } = await deps.chunk(replay, webhookId, limit);
    if (gate === 'waits' && ids.length > 0) {
      waiting.add(placeOf(replay, webhookId));
      return replay;
    }
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

  /** One step of each webhook's part. @returns whether there was progress. */
  const turn = async (leased: ReplayRow): Promise<boolean> => {
    const webhookIds = left(leased);
    if (webhookIds.length === 0) {
      for (const place of waiting) if (place.startsWith(`${leased.id}:`)) waiting.delete(place);
      await deps.finish(leased.id, deps.token, deps.now());
      return true;
    }
    const gates = await deps.gates(webhookIds, deps.now());
    let replay = leased;
    for (const webhookId of webhookIds) {
      const gate = gates.get(webhookId) ?? 'webhook_deleted';
      const isKnown = gate === 'waits' && waiting.has(placeOf(replay, webhookId));
      if (stopping || isKnown) continue;
      const limit = await room(gate, webhookId, deps.now());
      await othersTurn();
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
        // A loop of the plugin never ends the process, and never ends by itself.
        if (!stopping) deps.log(`event-webhooks: a replay failed and will be resumed: ${reasonOf(error)}`);
        await pause(errorPauseMs);
      }
    }
  };

  return {
    start(): void {
      loop ??= work();
    },
    /** A job was created or resumed. */
    wake: sleeper.wake,
    /** The current step is awaited; another instance, or the next start, resumes immediately. */
    async stop(): Promise<void> {
      stopping = true;
      sleeper.wake();
      if (!loop) return;
      await loop;
      await deps.release(deps.token);
    },
  };
}

/** A webhook's part of a job, and how far it has come. */
const placeOf = ({ id, cursors }: ReplayRow, webhookId: number): string =>
  `${id}:${webhookId}:${cursors[webhookId] ?? 0}`;

export type ReplayRunner = ReturnType<typeof createReplayRunner>;
