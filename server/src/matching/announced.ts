import type { NewEvent } from '../store/events';
import { reasonOf } from '../reason';

export interface AnnouncedDeps {
  /** Announced events that are not written yet, oldest first, up to `limit`. */
  take(limit: number): readonly NewEvent[];
  /** Returns these to the front. */
  giveBack(events: readonly NewEvent[]): void;
  insert(events: readonly NewEvent[]): Promise<void>;
  /** Whether the database refuses a row because of its values. */
  isRowFault(error: unknown): boolean;
  othersTurn(): Promise<void>;
  log(message: string): void;
  batchSize: number;
}

/**
 * Writes announced events as event rows, a batch per transaction. If the database does not accept them, they
 * are kept and written again later; one that can never be stored is dropped with a line in the log, and does
 * not hold up the others.
 */
export function createAnnouncedWriter(deps: AnnouncedDeps): () => Promise<void> {
  const write = async (batch: readonly NewEvent[]): Promise<void> => {
    for (let left = batch, size = batch.length; left.length > 0;) {
      const part = left.slice(0, size);
      try {
        await deps.insert(part);
        left = left.slice(part.length);
      } catch (error) {
        if (!deps.isRowFault(error)) {
          deps.giveBack(left);
          throw error;
        }
        if (part.length === 1) {
          deps.log(
            `event-webhooks: an announcement of ${part[0]?.type} cannot be stored and is lost: ${reasonOf(error)}`,
          );
          left = left.slice(1);
        }
        size = Math.max(1, Math.floor(part.length / 2));
      }
    }
  };

  return async () => {
    for (let batch = deps.take(deps.batchSize); batch.length > 0; batch = deps.take(deps.batchSize)) {
      await write(batch);
      await deps.othersTurn();
    }
  };
}
