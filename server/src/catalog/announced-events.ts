import { z } from 'zod';
import { isEntry } from './entry-shape';
import type { JsonSchema } from './entry-schema';
import { sampleDocumentId, sampleTimestamp } from './sample';
import { segment } from './content-type-names';
import type { AnnouncedEvent, Entry, EventType } from './types';

/** An event that Strapi, or another plugin, only announces on its event hub. */
export interface Announcement {
  hubEvent: string;
  eventType: EventType;
  announced: AnnouncedEvent;
}

export interface AnnouncedContext {
  /** Values of Strapi's `webhookStore.allowedEvents`: the events that its own webhooks can subscribe to. */
  allowedHubEvents: readonly string[];
  hasContentType(uid: string): boolean;
  /** Whether a content type already uses this segment: then the plugin's name is prefixed. */
  isTaken(typeName: string): boolean;
}

interface Known {
  hubEvent: string;
  plugin: string;
  typeName: string;
  action: string;
  displayName: string;
  description: string;
  /** A feature without a licence is never announced, so it is not offered. */
  isOffered(context: AnnouncedContext): boolean;
  schema: z.ZodType;
  build(payload: Entry): Record<string, unknown> | null;
  samplePayload: Entry;
}

const named = z.object({ id: z.number().nullable(), name: z.string().nullable() });
const time = z.string().nullable().meta({ format: 'date-time' });

const allowed =
  (hubEvent: string) =>
  ({ allowedHubEvents }: AnnouncedContext): boolean =>
    allowedHubEvents.includes(hubEvent);

const releasePublished: Known = {
  hubEvent: 'releases.publish',
  plugin: 'content-releases',
  typeName: 'release',
  action: 'published',
  displayName: 'Release Published',
  description: 'A release, with all that is in it, is published.',
  isOffered: allowed('releases.publish'),
  schema: z.object({
    id: z.number().nullable(),
    documentId: z.string().nullable(),
    name: z.string().nullable(),
    releasedAt: time,
    scheduledAt: time,
    timezone: z.string().nullable(),
    status: z.string().nullable(),
  }),
  build: ({ isPublished, release }) =>
    isPublished === true && isEntry(release)
      ? {
          id: number(release['id']),
          documentId: text(release['documentId']),
          name: text(release['name']),
          releasedAt: text(release['releasedAt']),
          scheduledAt: text(release['scheduledAt']),
          timezone: text(release['timezone']),
          status: text(release['status']),
        }
      : null,
  samplePayload: {
    isPublished: true,
    release: {
      id: 7,
      documentId: sampleDocumentId('plugin::content-releases.release'),
      name: 'Winter collection',
      releasedAt: sampleTimestamp,
      scheduledAt: '2026-11-24T14:00:00.000Z',
      timezone: 'Europe/Kyiv',
      status: 'done',
    },
  },
};

const reviewStageChanged: Known = {
  hubEvent: 'review-workflows.updateEntryStage',
  plugin: 'review-workflows',
  typeName: 'review_stage',
  action: 'changed',
  displayName: 'Review Stage Changed',
  description: 'An entry moves to another stage of its review.',
  isOffered: allowed('review-workflows.updateEntryStage'),
  schema: z.object({
    uid: z.string().nullable(),
    model: z.string().nullable(),
    documentId: z.string().nullable(),
    locale: z.string().nullable(),
    status: z.string().nullable(),
    workflow: z.object({ id: z.number().nullable(), from: named, to: named }),
  }),
  build: ({ uid, model, entity, workflow }) => {
    if (!isEntry(entity) || !isEntry(workflow)) return null;
    const stages = isEntry(workflow['stages']) ? workflow['stages'] : {};
    return {
      uid: text(uid),
      model: text(model),
      documentId: text(entity['documentId']),
      locale: text(entity['locale']),
      status: text(entity['status']),
      workflow: { id: number(workflow['id']), from: stage(stages['from']), to: stage(stages['to']) },
    };
  },
  samplePayload: {
    uid: 'api::article.article',
    model: 'article',
    entity: { id: 12, documentId: sampleDocumentId('api::article.article'), locale: 'en', status: 'draft' },
    workflow: { id: 1, stages: { from: { id: 1, name: 'To do' }, to: { id: 2, name: 'In review' } } },
  },
};

const localeSample = { localeId: 2, name: 'Ukrainian (uk)', code: 'uk' };
const localeKeys = { id: z.number().nullable(), name: z.string().nullable(), code: z.string().nullable() };
const localeData = ({ localeId, name, code }: Entry) => ({
  id: number(localeId),
  name: text(name),
  code: text(code),
});

function locale(
  action: 'created' | 'updated' | 'deleted',
  description: string,
  rest: Pick<Known, 'schema' | 'build' | 'samplePayload'>,
): Known {
  return {
    // Its hub events are in the imperative: `locale.create`.
    hubEvent: `locale.${action.replace(/d$/, '')}`,
    plugin: 'i18n',
    typeName: 'locale',
    action,
    displayName: `Locale ${action.charAt(0).toUpperCase()}${action.slice(1)}`,
    description,
    isOffered: ({ hasContentType }) => hasContentType('plugin::i18n.locale'),
    ...rest,
  };
}

const known: readonly Known[] = [
  releasePublished,
  reviewStageChanged,
  locale('created', 'A language is added to the site.', {
    schema: z.object({ ...localeKeys, isDefault: z.boolean().nullable() }),
    build: (payload) => ({ ...localeData(payload), isDefault: payload['isDefault'] === true }),
    samplePayload: { ...localeSample, isDefault: false },
  }),
  locale('updated', 'A language of the site is given another name.', {
    schema: z.object({ ...localeKeys, previousName: z.string().nullable() }),
    build: (payload) => {
      const changes = isEntry(payload['changes']) ? payload['changes'] : {};
      const name = isEntry(changes['name']) ? changes['name'] : {};
      return { ...localeData(payload), previousName: text(name['before']) };
    },
    samplePayload: { ...localeSample, changes: { name: { before: 'Ukrainian', after: 'Ukrainian (uk)' } } },
  }),
  locale('deleted', 'A language is removed from the site, with all entries in it.', {
    schema: z.object(localeKeys),
    build: localeData,
    samplePayload: localeSample,
  }),
];

/** Captured from the change itself, never from an announcement. */
const captured = /^(entry|media|media-folder)\./;

/** All announced events of this Strapi: its own, and those that other plugins have allowed for webhooks. */
export function announcedEvents(context: AnnouncedContext): Announcement[] {
  const own = known
    .filter(({ isOffered }) => isOffered(context))
    .map((event) => knownAnnouncement(event, context));
  const heard = new Set(known.map(({ hubEvent }) => hubEvent));
  const others = [...new Set(context.allowedHubEvents)]
    .filter((hubEvent) => !captured.test(hubEvent) && !heard.has(hubEvent))
    .map((hubEvent) => otherAnnouncement(hubEvent, context));
  return [...own, ...others];
}

function knownAnnouncement(event: Known, { isTaken }: AnnouncedContext): Announcement {
  const typeName = isTaken(event.typeName) ? `${segment(event.plugin)}_${event.typeName}` : event.typeName;
  const type = `${typeName}.${event.action}`;
  const build = (payload: unknown) => (isEntry(payload) ? event.build(payload) : null);
  return {
    hubEvent: event.hubEvent,
    announced: { type, build },
    eventType: announcedType(type, {
      displayName: event.displayName,
      description: event.description,
      schema: { ...z.toJSONSchema(event.schema, { io: 'input' }) },
      sample: build(event.samplePayload) ?? {},
    }),
  };
}

/**
 * Nothing is known of another plugin's event except that it is announced: its payload is passed on unchanged.
 */
function otherAnnouncement(hubEvent: string, { isTaken }: AnnouncedContext): Announcement {
  const segments = hubEvent.split('.').map(segment);
  const [first = 'unnamed', ...rest] = segments;
  const whole =
    rest.length === 0 ? ['plugin', first] : isTaken(first) ? [`plugin_${first}`, ...rest] : segments;
  const type = whole.join('.');
  const build = (payload: unknown) => ({ event: hubEvent, payload: payload ?? null });
  const schema = z.object({
    event: z.literal(hubEvent),
    payload: z.unknown().describe('As the plugin announces it.'),
  });
  return {
    hubEvent,
    announced: { type, build },
    eventType: announcedType(type, {
      displayName: segments.map(title).join(' '),
      description: `A plugin of this Strapi announces "${hubEvent}".`,
      schema: { ...z.toJSONSchema(schema, { io: 'input' }) },
      sample: build({ id: 12, name: 'Blue stoneware mug' }),
    }),
  };
}

function announcedType(
  type: string,
  told: { displayName: string; description: string; schema: JsonSchema; sample: Record<string, unknown> },
): EventType {
  return {
    type,
    ...told,
    group: 'system',
    source: 'plugin',
    guarantee: 'announced',
    uid: null,
    contentTypeName: null,
    replacesContentEvent: false,
    sensitive: false,
  };
}

const title = (name: string): string =>
  name
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
const stage = (value: unknown) =>
  isEntry(value) ? { id: number(value['id']), name: text(value['name']) } : { id: null, name: null };
const number = (value: unknown): number | null => (typeof value === 'number' ? value : null);

function text(value: unknown): string | null {
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'string' ? value : null;
}
