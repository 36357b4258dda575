import type { AffectedBecause } from '../../../contracts';
import type { ContentAction } from '../conditions';
import { contentEventData, contentEventSchema } from './content-event-data';
import { isLocalized } from './content-model';
import { phraseOf, sampleContentData, subjectOf } from './content-events';
import type { Addressed } from './content-events';
import type { EntryShape } from './entry-shape';
import { sampleDocumentId } from './sample';
import type { ContentEventData, EventType, TypePlan, Ways } from './types';

/** The last segment of its type: `page.affected`. */
export const affectedAction = 'affected';

/** A change that an entry shows, for the sample. */
export interface SampleCause {
  uid: string;
  model: string;
  type: string;
  via: string;
}

/** `data` of an entry that shows something that changed: the entry as it is, and why. */
export const affectedEventData = (
  told: Omit<ContentEventData, 'changedFields' | 'previous'>,
  because: readonly AffectedBecause[],
): Record<string, unknown> => ({
  ...contentEventData({ ...told, changedFields: null, previous: null }),
  because,
});

/** The event type `page.affected`: a published entry shows something that has changed. */
export function affectedEvent(
  shape: EntryShape,
  typeName: string,
  cause: SampleCause,
  addressed: Addressed = (entry) => entry,
): EventType {
  const { model } = shape;
  const it = phraseOf(model);
  const schema = contentEventSchema(shape, typeName, isLocalized(model));
  const {
    changedFields: _changed,
    previous: _previous,
    ...told
  } = sampleContentData(shape, typeName, 'published', addressed);
  return {
    type: `${typeName}.${affectedAction}`,
    displayName: `${subjectOf(model)} Affected`,
    description:
      `Something that ${it} shows has changed: a related entry, a file, or what those show. ` +
      `${it.charAt(0).toUpperCase()}${it.slice(1)} itself has not been saved.` +
      (isLocalized(model) ? ' Each language gives an event of its own.' : ''),
    group: 'content',
    source: 'content',
    guarantee: 'same_transaction',
    uid: model.uid,
    contentTypeName: model.info.displayName,
    replacesContentEvent: false,
    sensitive: false,
    derived: true,
    schema: {
      ...schema,
      properties: { ...(schema['properties'] as Record<string, unknown>), because: becauseSchema },
      required: [...(schema['required'] as string[]), 'because'],
    },
    sample: affectedEventData(told, [sampleBecause(cause)]),
  };
}

const sampleBecause = ({ uid, model, type, via }: SampleCause): AffectedBecause => ({
  type,
  eventId: 'msg_2LJc0uR7Yb3fKq1VxW8tPz',
  uid,
  model,
  documentId: sampleDocumentId(uid),
  locale: null,
  title: 'Studio plan',
  via: [via],
});

const becauseSchema = {
  type: 'array',
  description: 'The change that it follows from.',
  items: {
    type: 'object',
    properties: {
      type: { type: 'string', description: 'The event type of the change.' },
      eventId: { type: 'string', description: 'The webhook-id of that event.' },
      uid: { type: 'string' },
      model: { type: 'string' },
      documentId: { type: 'string' },
      locale: { type: ['string', 'null'] },
      title: { type: ['string', 'null'] },
      via: {
        type: 'array',
        items: { type: 'string' },
        description: 'The fields through which the entry shows it, one path a step.',
      },
    },
    required: ['type', 'eventId', 'uid', 'model', 'documentId', 'locale', 'title', 'via'],
  },
} as const;

/**
 * The events of a content type that tell of changes of what is live: those from which `affected` follows. A business event
 * that has the place of one of them counts as that one.
 */
export function liveChanges(
  { uid, typeName, content, mapped }: Pick<TypePlan, 'uid' | 'typeName' | 'content' | 'mapped'>,
  ways: Ways,
): string[] {
  const actions: ContentAction[] = ways.hasDrafts(uid)
    ? ['published', 'unpublished', 'deleted']
    : // Without drafts each change is live.
      ['deleted', 'updated', ...(ways.shownWhenCreated(uid) ? (['created'] as const) : [])];
  const instead = new Set(mapped.map(({ type }) => type));
  return actions.flatMap((action) => {
    const type = `${typeName}.${action}`;
    return content[action] ?? (instead.has(type) ? type : []);
  });
}

/** What an entry of this content type shows, for the sample of its event; undefined if it shows nothing that has events. */
export function causeOf(
  uid: string,
  ways: Ways,
  names: ReadonlyMap<string, string>,
): SampleCause | undefined {
  for (const [target, model] of names) {
    const way = ways.into(target).find(({ holder }) => holder === uid);
    if (way !== undefined || ways.showing(target).has(uid))
      return { uid: target, model, type: `${model}.updated`, via: way?.name ?? 'blocks' };
  }
  return undefined;
}
