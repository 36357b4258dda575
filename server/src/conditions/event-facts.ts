import { contentActions } from '../../../contracts';
import type { ActorType, ContentAction } from '../../../contracts';
import { fieldsOfCondition } from './evaluate';
import { fingerprint, isObject, valueAt } from './facts';
import type { ChangeFacts, Condition, FieldValue } from './types';

/** What is stored of an event, as far as conditions compare it. */
export interface JudgedEvent {
  type: string;
  /** Epoch milliseconds. */
  occurredAt: number;
  locale: string | null;
  status: string | null;
  changedFields: readonly string[] | null;
  actor: { type: string; id: string | null };
  facts: Pick<ChangeFacts, 'action' | 'before' | 'after'> | null;
}

/** The paths whose values a condition compares, each once. */
export const conditionPaths = (condition: Condition): string[] => [...new Set(fieldsOfCondition(condition))];

type Values = Record<string, FieldValue>;

/** Whether the stored values tell all of these paths; else the body is asked. */
export const factsTell = ({ facts }: Pick<JudgedEvent, 'facts'>, paths: readonly string[]): boolean =>
  facts !== null &&
  paths.every((path) =>
    [facts.before, facts.after].every((values) => values === null || Object.hasOwn(values, path)),
  );

/**
 * The facts of a stored event. A path that was not captured, since nobody asked for it then, is read from the body as far
 * as it tells it; what neither tells is unknown.
 *
 * @param body the standard body; only read if `factsTell` is false.
 * @param foreign paths that the content type does not have: they are empty
 */
export function factsOfEvent(
  event: JudgedEvent,
  paths: readonly string[],
  body: string | null,
  foreign: readonly string[] = [],
): ChangeFacts {
  const own = paths.filter((path) => !foreign.includes(path));
  const told = factsTell(event, own) ? null : toldBy(body);
  const action = event.facts?.action ?? actionOf(event, told);
  const leaves = action === 'deleted' || action === 'unpublished';
  const empty = Object.fromEntries(foreign.map((path) => [path, null]));
  const after = leaves ? null : { ...valuesOf(own, event.facts?.after, (path) => now(told, path)), ...empty };
  const past = event.facts ? event.facts.before : action === 'created' ? null : {};
  const before =
    past === null
      ? null
      : {
          ...valuesOf(own, past, (path) => (leaves ? now(told, path) : earlier(told, event, path))),
          ...empty,
        };
  return {
    action,
    before,
    after,
    change: {
      locale: event.locale,
      status: event.status === 'draft' ? 'draft' : 'published',
      actor: { type: event.actor.type as ActorType, id: event.actor.id },
      occurredAt: event.occurredAt,
      changedFields: event.changedFields,
    },
  };
}

/** What a body tells: the entry, and what it was before. */
interface Told {
  entry: Readonly<Record<string, unknown>>;
  previous: Readonly<Record<string, unknown>> | null;
  /** Whether it tells an entry, and not only data of its own. */
  isContent: boolean;
}

/** The last one that was read: the conditions of many webhooks are judged by the same body, one after the other. */
let lastRead: { body: string; told: Told | null } | null = null;

function toldBy(body: string | null): Told | null {
  if (body === null) return null;
  if (lastRead?.body !== body) lastRead = { body, told: read(body) };
  return lastRead.told;
}

function read(body: string): Told | null {
  try {
    const { data } = JSON.parse(body) as { data?: unknown };
    if (!isObject(data)) return null;
    if (!isObject(data.entry)) return { entry: data, previous: null, isContent: false };
    // A thin entry lacks fields that the real one has: those stay unknown, since they are not in it.
    return { entry: data.entry, previous: isObject(data.previous) ? data.previous : null, isContent: true };
  } catch {
    return null;
  }
}

/** The last part of the type; an event of another name and without an entry is as if something had been created. */
function actionOf({ type }: JudgedEvent, told: Told | null): ContentAction {
  const last = type.slice(type.lastIndexOf('.') + 1);
  return contentActions.find((action) => action === last) ?? (told?.isContent ? 'updated' : 'created');
}

function valuesOf(
  paths: readonly string[],
  known: Readonly<Record<string, FieldValue>> | null | undefined,
  otherwise: (path: string) => FieldValue | undefined,
): Values {
  const values: Values = {};
  for (const path of paths) {
    const value = known && Object.hasOwn(known, path) ? known[path] : otherwise(path);
    if (value !== undefined) values[path] = value;
  }
  return values;
}

const now = (told: Told | null, path: string): FieldValue | undefined =>
  told === null ? undefined : toldAt(told.entry, path);

/** What did not change was as it is. */
function earlier(told: Told | null, event: JudgedEvent, path: string): FieldValue | undefined {
  const [first = ''] = path.split('.');
  if (told?.previous && Object.hasOwn(told.previous, first)) return toldAt(told.previous, path);
  return event.changedFields?.includes(first) === false ? now(told, path) : undefined;
}

/** Undefined if it is not told; null if the path leads through something empty. */
function toldAt(entry: Told['entry'], path: string): FieldValue | undefined {
  const value = valueAt(entry, path);
  return value === undefined ? undefined : factOf(value);
}

function factOf(value: unknown): FieldValue {
  if (value === null || value === undefined) return null;
  if (typeof value !== 'object') return value as FieldValue;
  const ids = (Array.isArray(value) ? value : [value]).map((one: unknown) =>
    isObject(one) && typeof one.documentId === 'string' ? one.documentId : null,
  );
  return ids.some((id) => id === null) ? fingerprint(value) : ids.flatMap((id) => id ?? []);
}
