import type { NewSighting } from './types';

/** A document that an actor changes often, for a webhook. */
export type Suspect = Pick<NewSighting, 'webhookId' | 'uid' | 'documentId' | 'actor'>;

/** Documents that are counted at the same time; the oldest are forgotten first. */
const countedAtMost = 5000;

/**
 * Counts in memory how often a document is changed by the same token or user: only what is changed often is looked up
 * in the database. A part of the threshold is enough, since this process may see a part of the events only.
 */
export function createSightings({ threshold, windowMs }: { threshold: number; windowMs: number }) {
  const seen = new Map<string, number[]>();
  const innocentUntil = new Map<string, number>();
  const suspectedUntil = new Map<string, number>();

  const keyOf = ({ webhookId, uid, documentId, actor }: Suspect): string =>
    `${webhookId} ${uid ?? ''}:${documentId} ${actor.type}:${actor.id ?? ''}`;

  const trim = (map: Map<string, unknown>): void => {
    for (const key of map.keys()) {
      if (map.size <= countedAtMost) return;
      map.delete(key);
    }
  };

  return {
    /** @returns those that are to be looked up now, each once */
    count(sightings: readonly NewSighting[], now: number): Suspect[] {
      const due = new Map<string, Suspect>();
      for (const sighting of sightings) {
        const key = keyOf(sighting);
        if ((innocentUntil.get(key) ?? 0) > now) continue;
        const times = (seen.get(key) ?? []).filter((at) => at > now - windowMs);
        seen.delete(key);
        const isSuspected = (suspectedUntil.get(key) ?? 0) > now;
        if (isSuspected || times.length + 1 >= threshold) due.set(key, sighting);
        else seen.set(key, [...times, now]);
      }
      trim(seen);
      return [...due.values()];
    },

    /** Looked up at each change for so long, so that a loop ends as soon as it is known to be one. */
    suspect(suspect: Suspect, until: number): void {
      suspectedUntil.delete(keyOf(suspect));
      suspectedUntil.set(keyOf(suspect), until);
      trim(suspectedUntil);
    },

    /** Not looked up for so long. */
    clear(suspect: Suspect, until: number): void {
      suspectedUntil.delete(keyOf(suspect));
      innocentUntil.delete(keyOf(suspect));
      innocentUntil.set(keyOf(suspect), until);
      trim(innocentUntil);
    },
  };
}
