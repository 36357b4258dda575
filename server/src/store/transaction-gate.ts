import { AsyncLocalStorage } from 'node:async_hooks';
import type { Connection } from './connection';

/** Work on a transaction that must not be interleaved with other statements. */
export interface Unit {
  gate: Gate;
  /** The enclosing unit, of this transaction or of another. */
  outer: Unit | undefined;
  /** For the units inside this one. */
  line: Line;
  ended: boolean;
  /** Its time was over: other statements may be between its own. */
  shared: boolean;
}

/** One per transaction, including its inner transactions. */
export interface Gate {
  line: Line;
  /** COMMIT or ROLLBACK has been sent. */
  over: boolean;
}

/**
 * A unit that waits for something that waits for it would block the transaction for ever. After this time the
 * others continue.
 */
const patienceMs = 30_000;

/**
 * Gives units of work exclusive use of a transaction: all other statements to it wait until they have ended,
 * including COMMIT. The statements of a unit are recognised by its asynchronous context. From the first unit
 * on, everything sent to the knex client of that transaction passes through here. Not covered: a
 * `trx.transaction()` that was open before the first unit, and the driver's connection used without knex.
 */
export function createTransactionGates(): {
  /** Runs `run` when its turn has come. A unit inside another of the same transaction is a part of it. */
  alone<T>(trx: Connection, run: (unit: Unit) => Promise<T>): Promise<T>;
} {
  const storage = new AsyncLocalStorage<Unit>();
  const gates = new WeakMap<object, Gate>();

  const unitOf = (gate: Gate): Unit | null => {
    let unit = storage.getStore();
    while (unit && (unit.gate !== gate || unit.ended)) unit = unit.outer;
    return unit ?? null;
  };

  const pass = (gate: Gate, isCompleted: () => boolean, statement: unknown, send: Send): Promise<unknown> => {
    const unit = unitOf(gate);
    const text = textOf(statement);
    // ROLLBACK also undoes the current unit, and that unit's next statement is refused.
    if (rollback.test(text) || (!unit && (isCompleted() || gate.line.free()))) {
      if (ending.test(text)) gate.over = true;
      return send.plain();
    }
    return (unit ?? gate).line.pass(() => {
      if (gate.over) throw new Error('the transaction has ended, a statement that waited came too late');
      if (ending.test(text)) gate.over = true;
      return send.direct();
    });
  };

  const guard = (client: TransactionClient, gate: Gate, isCompleted: () => boolean): Gate => {
    gates.set(client, gate);
    for (const name of ['query', 'stream'] as const) {
      const plain = client[name];
      client[name] = (...args) =>
        pass(gate, isCompleted, args[1], {
          plain: () => plain.apply(client, args),
          // Bypasses knex's own check whether the transaction is completed: it counts COMMIT from when it is
          // requested.
          direct: () => prototypeOf(client)[name].apply(client, args),
        });
    }
    const begin = client.transaction;
    client.transaction = (...args) => {
      const inner = begin.apply(client, args);
      onClient(inner, (its) => guard(its, gate, () => inner.isCompleted()));
      return inner;
    };
    return gate;
  };

  return {
    async alone(trx, run) {
      const { client, isCompleted } = trx as unknown as Transactor;
      const gate = gates.get(client) ?? guard(client, { line: createLine(), over: false }, isCompleted);
      const outer = unitOf(gate);
      if (gate.over || (!outer && isCompleted())) throw new Error('the transaction has ended');
      const unit = { gate, outer: storage.getStore(), line: createLine(), ended: false, shared: false };
      return (outer ?? gate).line.alone(
        () =>
          storage
            .run(unit, () => run(unit))
            .finally(() => {
              unit.ended = true;
            }),
        () => {
          unit.shared = true;
        },
      );
    },
  };
}

/** First come, first served: units one at a time, other statements in between. */
export interface Line {
  /** Nobody waits. */
  free(): boolean;
  pass<T>(send: () => Promise<T>): Promise<T>;
  /** `impatient` is called when the others have waited for too long. */
  alone<T>(run: () => Promise<T>, impatient: () => void): Promise<T>;
}

function createLine(): Line {
  let queued = 0;
  let last: Promise<void> = Promise.resolve();
  return {
    free: () => queued === 0,
    pass(send) {
      if (queued === 0) return new Promise((resolve) => resolve(send()));
      queued += 1;
      return last.then(() => {
        queued -= 1;
        return send();
      });
    },
    alone(run, impatient) {
      queued += 1;
      const turn = last;
      const done = turn.then(run);
      last = turn.then(() => within(patienceMs, done, impatient)).then(() => void (queued -= 1));
      return done;
    },
  };
}

/** Resolves when `done` has settled, or after this time. */
function within(ms: number, done: Promise<unknown>, impatient: () => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      impatient();
      resolve();
    }, ms);
    timer.unref();
    const ended = (): void => {
      clearTimeout(timer);
      resolve();
    };
    done.then(ended, ended);
  });
}

interface Send {
  plain(): Promise<unknown>;
  direct(): Promise<unknown>;
}

/**
 * The used parts of the client that knex creates for each transaction (`knex/lib/execution/transaction.js`).
 */
interface TransactionClient {
  query: (...args: unknown[]) => Promise<unknown>;
  stream: (...args: unknown[]) => Promise<unknown>;
  transaction: (...args: unknown[]) => InnerTransaction;
}

interface InnerTransaction {
  isCompleted(): boolean;
}

interface Transactor {
  client: TransactionClient;
  isCompleted: () => boolean;
}

const prototypeOf = (client: TransactionClient): TransactionClient =>
  Object.getPrototypeOf(client) as TransactionClient;

/**
 * An inner transaction has no client before its turn has come; its savepoint is the first statement that goes
 * through it.
 */
function onClient(transaction: InnerTransaction, met: (client: TransactionClient) => void): void {
  let client: TransactionClient | undefined;
  Object.defineProperty(transaction, 'trxClient', {
    configurable: true,
    enumerable: true,
    get: () => client,
    set(given: TransactionClient) {
      client = given;
      met(given);
    },
  });
}

const ending = /^\s*(commit|rollback)\s*;?\s*$/i;
const rollback = /^\s*rollback\s*;?\s*$/i;

const textOf = (statement: unknown): string =>
  typeof statement === 'string' ? statement : String((statement as { sql?: unknown } | null)?.sql ?? '');
