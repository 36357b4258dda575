import { contentOf, isObject } from '../standard-body';
import type { Data } from '../standard-body';
import type { RenderInput } from '../types';

/** What the receiver fetches the rest by. */
const isId = (name: string): boolean => /^(?:id|uid)$|(?:^|[a-z_])(?:documentId|Id|_id|Uid|_uid)$/.test(name);

/** Only what has an id, of lists too. Nothing is left of an object without one. */
function idsOf(value: unknown, depth = 0): unknown {
  // An event's data is a few levels deep; what is deeper holds no id that anybody fetches by.
  if (depth > 5) return undefined;
  if (Array.isArray(value)) {
    const items = value.map((item) => idsOf(item, depth + 1)).filter((item) => item !== undefined);
    return items.length > 0 ? items : undefined;
  }
  if (!isObject(value)) return undefined;
  const kept: [string, unknown][] = [];
  for (const [name, field] of Object.entries(value)) {
    const ids =
      isId(name) && (typeof field === 'string' || typeof field === 'number')
        ? field
        : idsOf(field, depth + 1);
    if (ids !== undefined) kept.push([name, ids]);
  }
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

/** `{ type, timestamp, data }` with ids only: those of the entry, or those that the data of another event holds. */
export function thinBody({ event, body }: RenderInput): string {
  const { data, timestamp } = contentOf(body);
  const { uid, model, documentId, locale, status } = event;
  const ids: Data =
    documentId === null
      ? ((idsOf(data) as Data | undefined) ?? {})
      : { uid, model, documentId, locale, status };
  return JSON.stringify({ type: event.type, timestamp, data: ids });
}
