import type { GateChange, GateNews, GateOptions, GatePatch, GateRow, GateSignal } from '../gate';
import { afterAttempt, isTroubled, withPatch } from '../gate';

/** What is to be written into a webhook's row, and the row that it was calculated from. */
export interface GateWrite {
  id: number;
  patch: GatePatch;
  seen: GateRow;
}

export interface WebhookHealthDeps {
  /** The rows of these webhooks, by id; without those that are deleted. */
  gatesOf(webhookIds: readonly number[]): Promise<ReadonlyMap<number, GateRow>>;
  /** Writes them in one transaction. @returns the ids of those that no other instance had changed since they were seen */
  writeGates(writes: readonly GateWrite[]): Promise<ReadonlySet<number>>;
  /** The webhook was deleted meanwhile: its waiting deliveries are cancelled. */
  gone(webhookId: number): Promise<void>;
  /** Informs its owner, and subscribers to the events about webhooks. */
  tell(webhookId: number, news: GateNews): Promise<void>;
  now(): number;
  random(): number;
  options: GateOptions;
}

/** A changed row means that another writer was there: there are never this many at once. */
const triesAtMost = 20;

interface Waiting {
  signal: GateSignal;
  tries: number;
  done: () => void;
  failed: (error: unknown) => void;
}

/** The first signal that waits for a webhook, with what it changes. */
interface Head {
  id: number;
  one: Waiting;
  row: GateRow | null;
  change: GateChange | null;
}

/**
 * Carries what attempts say about their webhook into its row. One after the other for each webhook, but those of
 * different webhooks together: a commit is what costs. A success of a webhook in good health costs nothing.
 */
export function createWebhookHealth(deps: WebhookHealthDeps) {
  /** Webhooks with failures written by this process: the claimed row may not contain them yet. */
  const troubled = new Set<number>();
  const lines = new Map<number, Waiting[]>();
  let running = false;

  const leave = ({ id, one }: Head): void => {
    const left = (lines.get(id) ?? []).filter((waiting) => waiting !== one);
    if (left.length > 0) lines.set(id, left);
    else lines.delete(id);
  };

  const judge = (id: number, one: Waiting, row: GateRow | null): Head => ({
    ...{ id, one, row },
    change: row && afterAttempt(row, one.signal, deps.now(), deps.options, deps.random),
  });

  const conclude = async (head: Head, written: ReadonlySet<number>): Promise<void> => {
    const { id, one, row, change } = head;
    if (change !== null && !written.has(id)) {
      one.tries += 1;
      if (one.tries < triesAtMost) return;
      throw new Error(`the state of webhook ${id} could not be written: others write it all the time`);
    }
    if (row && isTroubled(withPatch(row, change?.patch ?? {}))) troubled.add(id);
    else troubled.delete(id);
    if (!row) await deps.gone(id);
    else if (change?.news) await deps.tell(id, change.news);
    leave(head);
    one.done();
  };

  /** The first signal of each webhook that has one waiting. */
  const round = async (): Promise<void> => {
    const first = [...lines].flatMap(([id, [one]]) => (one ? [{ id, one }] : [])).sort((a, b) => a.id - b.id);
    const refuse = (head: Head, error: unknown): void => {
      leave(head);
      head.one.failed(error);
    };
    let heads: Head[] = first.map(({ id, one }) => ({ id, one, row: null, change: null }));
    try {
      const rows = await deps.gatesOf(first.map(({ id }) => id));
      heads = first.map(({ id, one }) => judge(id, one, rows.get(id) ?? null));
      const writes = heads.flatMap(({ id, row, change }) =>
        row && change ? [{ id, patch: change.patch, seen: row }] : [],
      );
      const written = writes.length > 0 ? await deps.writeGates(writes) : new Set<number>();
      await Promise.all(
        heads.map((head) => conclude(head, written).catch((error: unknown) => refuse(head, error))),
      );
    } catch (error) {
      heads.forEach((head) => refuse(head, error));
    }
  };

  const work = async (): Promise<void> => {
    if (running) return;
    running = true;
    while (lines.size > 0) await round();
    running = false;
  };

  /** `asClaimed` is the row at the time of the claim. Rejects if the database refuses. */
  return (webhookId: number, asClaimed: GateRow, signal: GateSignal): Promise<void> => {
    const nothingNew = signal.succeeded && signal.disable === null;
    if (nothingNew && !isTroubled(asClaimed) && !troubled.has(webhookId)) return Promise.resolve();
    return new Promise((done, failed) => {
      lines.set(webhookId, [...(lines.get(webhookId) ?? []), { signal, tries: 0, done, failed }]);
      // Outcomes that were written together are heard in the same moment.
      setImmediate(() => void work());
    });
  };
}

export type WebhookHealth = ReturnType<typeof createWebhookHealth>;
