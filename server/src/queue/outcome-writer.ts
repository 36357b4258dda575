import type { OutcomeRow } from '../store/outcomes';

export interface OutcomeWriterDeps {
  record(rows: readonly OutcomeRow[]): Promise<{ lost: number[] }>;
  log(message: string): void;
  batchSize: number;
}

/** A lock or a lost connection is over in a moment; beyond this the lease decides. */
const retryPausesMs = [50, 200, 1000, 3000] as const;

interface Waiting {
  row: OutcomeRow;
  written: () => void;
}

/**
 * Writes outcomes in batches, one batch at a time: what finishes while a batch is being written goes into the
 * next, so the batch grows with the load by itself and an idle system waits for nothing.
 */
export function createOutcomeWriter(deps: OutcomeWriterDeps) {
  const waiting: Waiting[] = [];
  let running = false;

  const record = async (rows: readonly OutcomeRow[], retry = 0): Promise<{ lost: number[] }> => {
    try {
      return await deps.record(rows);
    } catch (error) {
      const pause = retryPausesMs[retry];
      if (pause === undefined) throw error;
      await new Promise<void>((resolve) => setTimeout(resolve, pause));
      return record(rows, retry + 1);
    }
  };

  const write = async (batch: readonly Waiting[]): Promise<void> => {
    try {
      const { lost } = await record(batch.map(({ row }) => row));
      if (lost.length > 0)
        deps.log(`event-webhooks: another worker had taken over deliveries ${lost.join(', ')}`);
    } catch (error) {
      // The rows keep their lease and are due again when it is over: at least once, never silently lost.
      deps.log(
        `event-webhooks: outcomes of ${batch.length} deliveries could not be written: ${String(error)}`,
      );
    }
    batch.forEach(({ written }) => written());
  };

  const drain = async (): Promise<void> => {
    running = true;
    // One turn of the event loop: answers that have arrived together are written together.
    await new Promise<void>((resolve) => setImmediate(resolve));
    while (waiting.length > 0) await write(waiting.splice(0, deps.batchSize));
    running = false;
  };

  return {
    /** Resolves when the outcome is written, or could not be: never rejects. */
    add(row: OutcomeRow): Promise<void> {
      return new Promise((resolve) => {
        waiting.push({ row, written: resolve });
        if (!running) void drain();
      });
    },
  };
}

export type OutcomeWriter = ReturnType<typeof createOutcomeWriter>;
