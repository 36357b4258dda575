import { contentOf, entryOf } from '../standard-body';
import type { RenderInput } from '../types';

/** `@strapi/core` services/document-service/repository.ts: the names of what happens to an entry. */
const entryEvents: Readonly<Record<string, string>> = {
  created: 'entry.create',
  updated: 'entry.update',
  deleted: 'entry.delete',
  published: 'entry.publish',
  unpublished: 'entry.unpublish',
  draft_discarded: 'entry.draft-discard',
};

/** `@strapi/upload` services/upload.ts. */
const mediaEvents: Readonly<Record<string, string>> = {
  created: 'media.create',
  updated: 'media.update',
  deleted: 'media.delete',
};
const fileUid = 'plugin::upload.file';

/**
 * The body of Strapi 5's own webhooks (services/webhook-runner.ts: `{ event, createdAt, ...info }`), with the bytes of the
 * entry as Strapi sends it where they were stored with the event, otherwise made of what the event holds. Events that
 * Strapi does not know keep their own name; those without an entry have `data` in its place.
 */
export function strapiBody({ event, body, coreEntry }: RenderInput): { event: string; body: string } {
  const { data, timestamp } = contentOf(body);
  const { uid } = event;
  const names = uid === fileUid ? mediaEvents : entryEvents;
  const name =
    (event.action !== null && Object.hasOwn(names, event.action) && names[event.action]) || event.type;
  const head = { event: name, createdAt: timestamp };
  const entry = entryOf(data);
  if (uid === fileUid && (coreEntry || entry))
    return { event: name, body: spliced(head, 'media', coreEntry ?? JSON.stringify(entry)) };
  if (uid === null) return { event: name, body: JSON.stringify({ ...head, ...data }) };
  // `modelName` is the singular name, which the uid ends with; `data.model` may have been given another one.
  const model = uid.slice(uid.lastIndexOf('.') + 1);
  const told = coreEntry ?? JSON.stringify(entry ?? data);
  return { event: name, body: spliced({ ...head, model, uid }, 'entry', told) };
}

/** The object with one more key at its end, whose value is JSON already: its bytes are kept. */
const spliced = (head: Readonly<Record<string, string>>, key: string, json: string): string =>
  `${JSON.stringify(head).slice(0, -1)},"${key}":${json}}`;
