import { types } from 'node:util';

/** A value that JSON cannot represent, with its path. */
export interface JsonProblem {
  path: readonly PropertyKey[];
  message: string;
}

/**
 * Data of external code, in the form that a receiver gets; `problems` lists values that would be lost or
 * fail.
 */
export interface JsonData {
  json: unknown;
  problems: readonly JsonProblem[];
}

const waits = 'is a promise: it must be given at once, a promise cannot be waited for (await it before)';

/** Deeper data is a mistake, and walking it would overflow the stack. */
const deepest = 200;

/**
 * Data of the site builder's code as plain JSON. `JSON.stringify` alone would turn a promise, a Map or an
 * Error into `{}`, omit a function, and throw for a BigInt without its path. A Date becomes its text, an
 * object with `toJSON` the result of it, and a key that is `undefined` is left out, as in JSON.
 *
 * Everything is walked, also after a problem: a promise that nobody awaits would end the process when it is
 * rejected.
 */
export function jsonOf(value: unknown): JsonData {
  const problems: JsonProblem[] = [];
  const json = walk(value, [], { above: [], problems });
  return { json, problems };
}

interface Walk {
  /** The enclosing objects. */
  above: object[];
  problems: JsonProblem[];
}

function walk(value: unknown, path: readonly PropertyKey[], state: Walk): unknown {
  if (typeof value === 'object' && value !== null) return walkObject(value, path, state);
  const problem = problemOfScalar(value);
  if (problem === null) return value;
  state.problems.push({ path, message: problem });
  return null;
}

function problemOfScalar(value: unknown): string | null {
  if (typeof value === 'bigint') return 'is a BigInt, which JSON cannot hold: give a text or a number';
  if (typeof value === 'function' || typeof value === 'symbol')
    return `is a ${typeof value}, which JSON cannot hold`;
  if (value === undefined) return 'is undefined';
  return typeof value === 'number' && !Number.isFinite(value) ? `is ${value}, which JSON cannot hold` : null;
}

function walkObject(value: object, path: readonly PropertyKey[], state: Walk): unknown {
  const refuse = (message: string): null => {
    state.problems.push({ path, message });
    return null;
  };
  if (isThenable(value)) {
    Promise.resolve(value).then(undefined, () => undefined);
    return refuse(waits);
  }
  const kind = kindThatIsLost(value);
  if (kind !== null) return refuse(`is a ${kind}, which JSON cannot hold`);
  if (state.above.includes(value)) return refuse('leads back to itself, which JSON cannot hold');
  if (state.above.length >= deepest) return refuse('is nested too deeply');
  state.above.push(value);
  try {
    return inner(value, path, state);
  } catch {
    // What is thrown may hold anything, and this may be sent.
    return refuse('cannot be read: an error is thrown by its toJSON or by a getter');
  } finally {
    state.above.pop();
  }
}

/** Runs the `toJSON` and the getters of the given value. */
function inner(value: object, path: readonly PropertyKey[], state: Walk): unknown {
  if (types.isDate(value)) {
    if (Number.isNaN(value.getTime())) state.problems.push({ path, message: 'is no valid date' });
    return value.toJSON();
  }
  if (types.isBoxedPrimitive(value)) return walk(value.valueOf(), path, state);
  if ('toJSON' in value && typeof value.toJSON === 'function') {
    const said: unknown = value.toJSON(String(path.at(-1) ?? ''));
    if (said !== value) return walk(said, path, state);
  }
  // Holes of a list are reported as well: `map` would skip them.
  if (Array.isArray(value)) return Array.from(value, (item: unknown, at) => walk(item, [...path, at], state));
  const told: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const item = (value as Record<string, unknown>)[key];
    // Not by assignment: assigning `__proto__` would set the prototype.
    if (item !== undefined) define(told, key, walk(item, [...path, key], state));
  }
  return told;
}

const define = (object: Record<string, unknown>, key: string, value: unknown): void =>
  void Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });

const isThenable = (value: object): boolean =>
  'then' in value && typeof (value as { then: unknown }).then === 'function';

/** The kind of a value that `JSON.stringify` writes as `{}`, without its content. */
function kindThatIsLost(value: object): string | null {
  if (types.isMap(value)) return 'Map';
  if (types.isSet(value)) return 'Set';
  if (types.isWeakMap(value) || types.isWeakSet(value)) return 'weak collection';
  if (types.isRegExp(value)) return 'regular expression';
  if (types.isNativeError(value)) return 'Error';
  if (types.isAnyArrayBuffer(value) || (ArrayBuffer.isView(value) && !Buffer.isBuffer(value)))
    return 'buffer';
  return null;
}
