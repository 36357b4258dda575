import { plainText } from '../filters/rich-text';
import { isBlocks } from '../filters/blocks';
import { contentOf, entryOf, isObject } from '../standard-body';
import type { Data } from '../standard-body';
import type { RenderInput } from '../types';

type Scalar = string | number | boolean | null;

/** `firstName`, `first-name` and `First Name` → `first_name`. */
const snake = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .toLowerCase() || 'field';

/** Of a file these are of use to nobody who maps fields by hand. */
const ofFilesOnly = new Set(['formats', 'provider_metadata']);
/** What an item of a list is called by, the first that it has. */
const titles = ['name', 'title', 'label', 'displayName', 'username', 'email', 'slug', 'documentId', 'id'];
const deepest = 6;

/**
 * Collects keys of one level. Two values never share a key: the first one keeps it, the following ones get `_2`, `_3` …
 * in the order of the data, which is that of the schema.
 */
class FlatKeys {
  readonly found: Record<string, Scalar> = Object.create(null) as Record<string, Scalar>;

  scalar(key: string, value: Scalar): void {
    let free = key;
    for (let count = 2; free in this.found; count++) free = `${key}_${count}`;
    this.found[free] = value;
  }

  /** An object's fields under the prefix; those of objects in it under both names. */
  object(prefix: string, value: Data, depth = 0): void {
    const isFile = 'mime' in value && 'url' in value;
    for (const [name, field] of Object.entries(value)) {
      if (isFile && ofFilesOnly.has(name)) continue;
      this.field(prefix === '' ? snake(name) : `${prefix}_${snake(name)}`, field, depth);
    }
  }

  field(key: string, value: unknown, depth: number): void {
    if (Array.isArray(value)) this.list(key, value);
    else if (!isObject(value)) this.scalar(key, (value ?? null) as Scalar);
    else if (depth < deepest) this.object(key, value, depth + 1);
    else this.scalar(key, JSON.stringify(value));
  }

  /** Rich text as its words; all other lists as the names of their items, and how many there are. */
  private list(key: string, items: readonly unknown[]): void {
    if (isBlocks(items)) return this.scalar(key, plainText(items));
    this.scalar(
      key,
      items
        .map(titleOf)
        .filter((title) => title !== '')
        .join(', '),
    );
    if (items.some(isObject)) this.scalar(`${key}_count`, items.length);
  }
}

function titleOf(item: unknown): string {
  if (!isObject(item)) return item === null || item === undefined ? '' : String(item);
  const name = titles.find((title) => ['string', 'number'].includes(typeof item[title]));
  return name === undefined ? '' : String(item[name]);
}

/**
 * One level of keys in snake_case. The entry's own fields and lists begin with its model (`payment_amount`), those of
 * what it leads to with the name of the field (`customer_name`).
 */
export function flatBody({ event, body }: RenderInput): string {
  const { data, timestamp } = contentOf(body);
  const keys = new FlatKeys();
  keys.scalar('event', event.type);
  keys.scalar('event_id', event.messageId);
  keys.scalar('occurred_at', timestamp);
  keys.scalar('test', event.test);
  const entry = entryOf(data);
  if (entry === null) keys.object('', data);
  else {
    keys.scalar('locale', event.locale);
    keys.scalar('status', event.status);
    keys.scalar('changed_fields', (event.changedFields ?? []).join(', '));
    const model = snake(event.model ?? 'entry');
    for (const [name, field] of Object.entries(entry)) {
      keys.field(isObject(field) ? snake(name) : `${model}_${snake(name)}`, field, 0);
    }
    if (isObject(data['previous'])) keys.object('previous', data['previous']);
  }
  return JSON.stringify(keys.found);
}
