import { contentActions } from '../conditions';
import type { ContentAction } from '../conditions';
import type { EventGroup } from '../../../contracts';
import {
  adminUserUid,
  endUserUid,
  fileUid,
  folderUid,
  hasDrafts,
  isLocalized,
  isSensitive,
} from './content-model';
import type { ContentModel } from './content-model';
import { contentEventData, contentEventSchema } from './content-event-data';
import type { EntryShape } from './entry-shape';
import { sampleEntry, sampleScalar } from './sample';
import type { ContentEventData, Entry, EventType } from './types';

export { contentEventData } from './content-event-data';

const draftActions: ReadonlySet<ContentAction> = new Set(['published', 'unpublished', 'draft_discarded']);

/** Written by their plugins without the document service, so that the event can follow the change: `late`. */
const writtenByRow: ReadonlySet<string> = new Set([fileUid, folderUid, endUserUid, adminUserUid]);

export const tellsLate = (uid: string): boolean => writtenByRow.has(uid);

export const actionsOf = (model: ContentModel): ContentAction[] =>
  contentActions.filter((action) => !draftActions.has(action) || hasDrafts(model));

export type Addressed = (entry: Entry, model: ContentModel) => Entry;

/**
 * The event types that a content type has automatically: `article.created`, `article.published`, …
 *
 * @param addressed gives the files of a sample realistic URLs
 */
export function contentEvents(
  shape: EntryShape,
  typeName: string,
  addressed: Addressed = (entry) => entry,
): EventType[] {
  const { model } = shape;
  const schema = contentEventSchema(shape, typeName, isLocalized(model));
  return actionsOf(model).map((action) => ({
    type: `${typeName}.${action}`,
    displayName: `${subjectOf(model)} ${titles[action]}`,
    description: describe(model, action),
    group: groupOf(model.uid),
    source: 'content' as const,
    guarantee: tellsLate(model.uid) ? ('late' as const) : ('same_transaction' as const),
    uid: model.uid,
    contentTypeName: model.info.displayName,
    replacesContentEvent: false,
    sensitive: isSensitive(model.uid),
    schema,
    sample: { ...sampleContentData(shape, typeName, action, addressed) },
  }));
}

/** A realistic `data` of this event, by the builder of the real one. */
export function sampleContentData(
  shape: EntryShape,
  typeName: string,
  action: ContentAction,
  addressed: Addressed = (entry) => entry,
): ContentEventData {
  const { model } = shape;
  const status = statusAfter(model, action);
  const entry = { ...addressed(sampleEntry(shape, { status }), model) };
  return contentEventData({
    uid: model.uid,
    model: typeName,
    documentId: String(entry['documentId']),
    locale: isLocalized(model) ? 'en' : null,
    status,
    entry,
    ...sampleChange(shape, action),
  });
}

/** The version in the event: without drafts every entry is a published one. */
function statusAfter(model: ContentModel, action: ContentAction): 'draft' | 'published' {
  const tellsDraft = action === 'created' || action === 'updated' || action === 'draft_discarded';
  return hasDrafts(model) && tellsDraft ? 'draft' : 'published';
}

/** Only an update and a publish are compared with previous values. */
function sampleChange(
  shape: EntryShape,
  action: ContentAction,
): Pick<ContentEventData, 'changedFields' | 'previous'> {
  const changed = shape.fields.find((field) => field.kind === 'scalar' && !bookkeeping.has(field.name));
  if (changed === undefined || (action !== 'updated' && action !== 'published')) {
    return { changedFields: null, previous: null };
  }
  return {
    changedFields: [changed.name],
    previous: {
      [changed.name]: otherValue(
        changed.name,
        sampleScalar(changed.name, changed.attribute, shape.model),
        changed.attribute.enum,
      ),
    },
  };
}

function otherValue(name: string, value: unknown, choices: readonly string[] = []): unknown {
  if (choices.length > 1) return choices[1];
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return Math.max(0, value - 1);
  if (typeof value === 'string' && !/date|url|email|slug/i.test(name)) return `${value} (draft)`;
  return value;
}

/** Fields that Strapi itself writes with each change: never listed as changed. */
export const bookkeeping: ReadonlySet<string> = new Set([
  'createdAt',
  'updatedAt',
  'publishedAt',
  'firstPublishedAt',
  'createdBy',
  'updatedBy',
  'locale',
]);

export function groupOf(uid: string): EventGroup {
  if (uid === fileUid || uid === folderUid) return 'media';
  return isSensitive(uid) ? 'users' : 'content';
}

const titles: Readonly<Record<ContentAction, string>> = {
  created: 'Created',
  updated: 'Updated',
  deleted: 'Deleted',
  published: 'Published',
  unpublished: 'Unpublished',
  draft_discarded: 'Draft Discarded',
};

/** The words for types whose name in the catalog differs from their own. */
const subjects: Readonly<Record<string, { title: string; a: string }>> = {
  [fileUid]: { title: 'Media', a: 'a file of the media library' },
  [folderUid]: { title: 'Media Folder', a: 'a folder of the media library' },
  [endUserUid]: { title: 'User', a: 'the account of a user' },
  [adminUserUid]: { title: 'Admin User', a: 'the account of an administrator' },
};

export const subjectOf = (model: ContentModel): string =>
  subjects[model.uid]?.title ?? model.info.displayName;

/** `an article`, `the homepage`: a single type exists once only. */
export function phraseOf(model: ContentModel): string {
  const known = subjects[model.uid]?.a;
  if (known !== undefined) return known;
  const name = model.info.displayName;
  // An acronym (FAQ) keeps its capitals.
  const noun = /^[A-Z][A-Z]/.test(name) ? name : name.charAt(0).toLowerCase() + name.slice(1);
  if (model.kind === 'singleType') return `the ${noun}`;
  return `${/^[aeiou]/i.test(noun) ? 'an' : 'a'} ${noun}`;
}

/** One plain sentence for an editor. */
function describe(model: ContentModel, action: ContentAction): string {
  const it = phraseOf(model);
  const languages = isLocalized(model) ? ' Each language gives an event of its own.' : '';
  const sentences: Record<ContentAction, string> = {
    created: hasDrafts(model) ? `The first draft of ${it} is saved.` : `${capital(it)} is added.`,
    updated: hasDrafts(model) ? `Changes in the draft of ${it} are saved.` : `${capital(it)} is changed.`,
    deleted: `${capital(it)} is deleted.`,
    published: `${capital(it)} goes live, or is published again with its changes.`,
    unpublished: `${capital(it)} is taken offline; its draft stays.`,
    draft_discarded: `The changes in the draft of ${it} are thrown away; it is as published again.`,
  };
  return `${sentences[action]}${languages}`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
