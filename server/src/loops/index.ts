/**
 * A RECEIVER THAT ANSWERS A DELIVERY BY CHANGING THE ENTRY AGAIN: noticed, stopped and explained. It counts what matching
 * made, looks up what is changed often, and turns a webhook off whose own receiver keeps it going.
 */
import type { Context } from '../context';
import { reasonOf } from '../reason';
import { judgeLoop, longestTrialsMs } from './judge';
import type { Trial } from './judge';
import { createSightings } from './sightings';
import type { Suspect } from './sightings';
import { watchedActors } from './types';
import type { NewSighting } from './types';

export interface LoopsDeps {
  /** Informs its owner, and subscribers to the events about webhooks. */
  tell(webhookId: number, news: 'disabled'): Promise<void>;
}

/** One that was found to be no loop is not held again for so long. */
const innocentMs = 3_600_000;

/** Processes that may share the events of one loop: each looks it up after so small a part of them. */
const partsOfThreshold = 4;

/** Why a webhook is held for each trial. */
const reasons = { 1: 'loop_trial', 2: 'loop_trial_again' } as const;

export function openLoops({ config, store, now, log }: Context, { tell }: LoopsDeps) {
  const options = config.loops;
  if (options === false) return { saw: async (): Promise<void> => undefined };
  const { count, seconds } = options;
  const windowMs = seconds * 1000 + longestTrialsMs;
  const sightings = createSightings({
    threshold: Math.max(2, Math.ceil(count / partsOfThreshold)),
    windowMs,
  });
  const pool = () => store.database.pool();

  const lookUp = async (suspect: Suspect): Promise<void> => {
    const at = now();
    const webhook = await store.webhooks.find(pool(), suspect.webhookId);
    if (!webhook || webhook.disabledReason !== null || !webhook.active) return;
    const { events, attempts, locale } = await store.loops.history(pool(), {
      ...suspect,
      since: at - windowMs,
    });
    const verdict = judgeLoop({ events, attempts, trial: trialOf(webhook), now: at }, options);
    switch (verdict.kind) {
      case 'none':
        return;
      case 'innocent':
        sightings.clear(suspect, at + innocentMs);
        return;
      case 'suspect': {
        const hold = { until: at + verdict.holdMs, reason: reasons[verdict.round], since: at };
        await store.webhooks.patchGate(pool(), webhook.id, { hold });
        sightings.suspect(suspect, hold.until + seconds * 1000);
        return;
      }
      case 'loop': {
        const { uid, documentId, actor } = suspect;
        const loop = { actor, uid, documentId, locale, count: verdict.count, seconds };
        if (await store.webhooks.stopLoop(webhook.id, loop, at)) await tell(webhook.id, 'disabled');
      }
    }
  };

  return {
    /** Deliveries that were made just now. Never rejects: nobody's delivery depends on it. */
    async saw(made: readonly NewSighting[]): Promise<void> {
      const watched = made.filter(
        ({ actor, documentId }) => documentId !== null && watchedActors.has(actor.type),
      );
      if (watched.length === 0) return;
      for (const suspect of sightings.count(watched, now()))
        await lookUp(suspect).catch((error: unknown) =>
          log.warn(
            `event-webhooks: webhook ${suspect.webhookId} could not be checked for a loop: ${reasonOf(error)}`,
          ),
        );
    },
  };
}

type Held = Record<'heldSince' | 'heldUntil', number | null> & { heldReason: string | null };

/** The trial that the webhook is held for, or was held for last. */
function trialOf({ heldReason, heldSince, heldUntil }: Held): Trial | null {
  const round = heldReason === reasons[1] ? 1 : heldReason === reasons[2] ? 2 : null;
  return round === null || heldSince === null || heldUntil === null
    ? null
    : { since: heldSince, until: heldUntil, round };
}

export type LoopsRoom = ReturnType<typeof openLoops>;
