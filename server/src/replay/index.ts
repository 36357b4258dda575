/**
 * MANY DELIVERIES SENT AGAIN: counted beforehand, made as a job, worked on at a pace at which nobody waits for it. It makes
 * deliveries due, and sends none: that is the queue's.
 */
import { randomUUID } from 'node:crypto';
import type { Actor } from '../../../contracts';
import type { Context } from '../context';
import type { World } from '../gate';
import type { Stop } from '../stops';
import { createReplayGates } from './gates';
import { createReplayRunner } from './replay-runner';
import { createReplaysService } from './replays';

export interface ReplayDeps {
  world(): World;
  /** Who asks. */
  actor(): Actor;
}

export function openReplay({ store, now, log, wake }: Context, { world, actor }: ReplayDeps) {
  const { pool } = store.database;
  const runner = createReplayRunner({
    free: store.replays.free,
    // It calls another of its store.
    lease: (...lease) => store.replays.lease(...lease),
    chunk: (...chunk) => store.replays.chunk(pool(), ...chunk),
    backlog: (...backlog) => store.deliveries.backlog(pool(), ...backlog),
    step: store.replays.step,
    finish: store.replays.finish,
    release: store.replays.release,
    gates: createReplayGates({ store, world }),
    wake,
    now,
    log: log.warn,
    token: randomUUID(),
  });
  const stops: Stop[] = [['what is sent again', runner.stop]];
  return {
    replays: createReplaysService({ store, now, world, actor, changed: runner.wake }),
    start: runner.start,
    stops,
  };
}

export type ReplayRoom = ReturnType<typeof openReplay>;

export type { ReplaysService } from './replays';
