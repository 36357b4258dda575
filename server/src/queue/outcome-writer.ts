import { setTimeout as pause } from 'node:timers/promises';
import type { Connection } from '../store/connection';
import type { OutcomeRow } from '../store/outcomes';
import { reasonOf } from '../reason';

export interface OutcomeWriterDeps {
  record(rows: readonly OutcomeRow[]): Promise<{ lost: number[]; refused?: number[] }>;
  recordWith<T>(rows: readonly OutcomeRow[], work: (trx: Connection) => Promise<T>): Promise<T>;
  log(message: string): void;
  batchSize: number;
}

/** A lock or a lost connection is usually over in a moment; after this the lease decides. */
const retryPausesMs = [50, 200, 1000, 3000] as const;

interface Waiting {
  row: OutcomeRow;
  written: () => void;
}

/** How long an outcome waits for others. While there is more to send, the next claim writes it earlier. */
const gatherMs = 40;

/**
 * Writes outcomes in batches, one batch at a time. Commits are expensive (on SQLite a flush of the disk that
 * blocks the process), so outcomes wait a moment for each other, and while the queue is busy they are written
 * in the transaction of the next claim.
 */
export function createOutcomeWriter(deps: OutcomeWriterDeps) {
  const waiting: Waiting[] = [];
  let running = false;
  let timer: NodeJS.Timeout | null = null;

  const record = async (
    rows: readonly OutcomeRow[],
    retry = 0,
  ): Promise<{ lost: number[]; refused?: number[] }> => {
    try {
      return await deps.record(rows);
    } catch (error) {
      const pauseMs = retryPausesMs[retry];
      if (pauseMs === undefined) throw error;
      await pause(pauseMs);
      return record(rows, retry + 1);
    }
  };

  const write = async (batch: readonly Waiting[]): Promise<void> => {
    try {
      const { lost, refused = [] } = await record(batch.map(({ row }) => row));
      if (lost.length > 0)
        deps.log(`event-webhooks: another worker had taken over deliveries ${lost.join(', ')}`);
      if (refused.length > 0)
        deps.log(`event-webhooks: the database refuses the outcomes of deliveries ${refused.join(', ')}`);
    } catch (error) {
      // The rows keep their lease and are due again when it expires: at least once, never silently lost.
      deps.log(
        `event-webhooks: outcomes of ${batch.length} deliveries could not be written: ${reasonOf(error)}`,
      );
    }
    batch.forEach(({ written }) => written());
  };

  const drain = async (): Promise<void> => {
    if (running) return;
    running = true;
    while (waiting.length > 0) await write(waiting.splice(0, deps.batchSize));
    running = false;
  };

  /** Outcomes that arrive during this wait are in the same batch. */
  const drainSoon = (): void => {
    timer ??= setTimeout(() => {
      timer = null;
      void drain();
    }, gatherMs);
  };

  return {
    /** Resolves when the outcome is written, or could not be: never rejects. */
    add(row: OutcomeRow): Promise<void> {
      return new Promise((resolve) => {
        waiting.push({ row, written: resolve });
        if (waiting.length >= 2 * deps.batchSize) void drain();
        else drainSoon();
      });
    },

    /**
     * Runs `work` (a claim) in the transaction that writes waiting outcomes, or on its own if there are none.
     * Refused outcomes do not prevent it: they are written row by row, and `work` runs after them.
     */
    async alongside<T>(work: (trx?: Connection) => Promise<T>): Promise<T> {
      if (running || waiting.length === 0) return work();
      running = true;
      const batch = waiting.splice(0, deps.batchSize);
      try {
        const done = await deps.recordWith(
          batch.map(({ row }) => row),
          work,
        );
        batch.forEach(({ written }) => written());
        return done;
      } catch {
        await write(batch);
        return await work();
      } finally {
        running = false;
        if (waiting.length > 0) drainSoon();
      }
    },
  };
}

export type OutcomeWriter = ReturnType<typeof createOutcomeWriter>;
