import { z } from 'zod';
import { fieldTree } from '../../../contracts';
import type { BusinessEventPayload, EventDeclaration, FieldTree } from '../../../contracts';
import { ruleProblems } from './rule-problems';
import { ruleSchema } from '../conditions';
import type { Rule } from '../conditions';
import { CatalogError, optionPath, problemsOf } from './catalog-error';
import { contentEventData, contentEventSchema } from './content-event-data';
import { hasDrafts, isLocalized } from './content-model';
import type { ContentModel, ContentModels } from './content-model';
import { mayBeMapped, segment } from './content-type-names';
import { nameOptions } from './declaration';
import type { MappedDeclaration } from './declaration';
import { schemaDialect } from './entry-schema';
import type { JsonSchema } from './entry-schema';
import { cutLists, defaultPopulate, isEntry, mergePopulate, toldShape, trimEntry } from './entry-shape';
import type { EntryShape, PopulateTree } from './entry-shape';
import { fieldTreeProblems } from './field-tree-problems';
import { populateOfShape, treeShape } from './field-tree';
import { isGone, parsePopulate, readPath, resolvePath, schemaAt } from './field-path';
import { checkedBy, isZodLike, jsonSchemaOf, schemaOfSample } from './json-schema';
import type { ZodLike } from './json-schema';
import { defineMappedEvent } from './mapped-definition';
import type { MappedEventDefinition } from './mapped-definition';
import { givenObject } from './payload';
import { sampleEntry } from './sample';
import type { Entry, Links } from './types';
import { isPublished } from '../published';

/**
 * Builds the `data` of an event from the entry. Runs after the save, never within it, and returns its object
 * synchronously: a promise is refused.
 */
export type PayloadFunction = (entry: Entry, links: Links) => Record<string, unknown>;

/** A business event of `config.events`: a change of a content type under a business name. */
export interface MappedEventOptions {
  /** Lower case with dots: `order.paid`. */
  type: string;
  displayName: string;
  /** One sentence for an administrator. */
  description: string;
  /** Uid of the content type: `api::order.order`. */
  contentType: string;
  /** When it occurs: `[{ on: 'updated', when: { field: 'status', becomes: 'paid' } }]`. */
  on: Rule;
  /**
   * The data: a function, or key → path in the entry (`{ buyer: 'customer.name' }`). Without it: as a content
   * event.
   */
  payload?: PayloadFunction | Readonly<Record<string, string>>;
  /**
   * Instead of `payload`: which fields of the entry are sent, and how deep, as chosen on the screen.
   * `{ fields: ['number', 'total'], parts: { customer: { tree: { fields: ['email'], parts: {} } } } }`
   */
  fields?: FieldTree;
  /** Further relations that `payload` needs, as in Strapi's `populate`. One level is always read. */
  populate?: unknown;
  /** A zod schema of the result of `payload`. Without it the schema is derived from the sample. */
  schema?: ZodLike;
  /** Values for the entry that the sample is built from, if the generated ones are unsuitable. */
  sampleEntry?: Readonly<Record<string, unknown>>;
}

const pathOrFunction = z.union(
  [
    z.custom<PayloadFunction>((value) => typeof value === 'function'),
    z.record(z.string().min(1), z.string().min(1, 'must be a path in the entry')),
  ],
  'must be a function, or an object of paths in the entry',
);

const optionsSchema = z.strictObject({
  ...nameOptions,
  contentType: z.string('is required').min(1, 'is required'),
  on: ruleSchema,
  payload: pathOrFunction.optional(),
  fields: fieldTree.optional(),
  populate: z.unknown().optional(),
  schema: z.custom<ZodLike>(isZodLike, 'must be a zod schema').optional(),
  sampleEntry: z.custom<Record<string, unknown>>(isEntry, 'must be an object').optional(),
});
type Options = z.output<typeof optionsSchema>;

/** On the screen a description can be left out. */
const screenOptions = optionsSchema.extend({ description: z.string().default('') });

export interface MappedEventContext {
  at: string;
  models: ContentModels;
  links: Links;
  signsFiles: () => boolean;
  /** Gives the files of a sample realistic URLs. */
  addressed: (entry: Entry, model: ContentModel) => Entry;
  /** Segment of the content type's own events. */
  typeName(uid: string): string | undefined;
  /** What it sends, where it is made on the screen. */
  onScreen?: BusinessEventPayload;
}

/** A mapped event as written in `config.events`. Throws CatalogError naming each wrong option. */
export function declareMappedEvent(given: unknown, context: MappedEventContext): MappedDeclaration {
  const { at, models, links, signsFiles, onScreen } = context;
  const parsed = (onScreen ? screenOptions : optionsSchema).safeParse(given);
  if (!parsed.success) throw new CatalogError(problemsOf(parsed.error, at));
  const options = parsed.data;
  const model = contentTypeOf(options.contentType, models, at);
  const problems = ruleProblems(options.on, model, models, at);
  const gone: string[] = [];
  const wanted = parsePopulate(options.populate, model, models, {
    at: `${at}.populate`,
    add: (line) => problems.push(line),
  });
  const { shape, populate } = readingOf(options, wanted, model, models, { at, problems, gone });
  if (problems.length > 0) throw new CatalogError(problems);
  const payload = payloadOf(options, shape, context.typeName(model.uid));
  const definition: MappedEventDefinition = {
    type: options.type,
    displayName: options.displayName,
    description: options.description,
    model,
    rule: options.on,
    populate,
    sampleEntry: context.addressed({ ...sampleEntry(shape), ...options.sampleEntry }, model),
    gone,
    payload: payloadAsData(options),
    isStored: onScreen !== undefined,
    ...payload,
  };
  const source = onScreen ? 'screen' : 'config';
  const declared = defineMappedEvent(definition, { at, source, links, models, signsFiles });
  return options.payload === undefined ? declared : withSchema(declared, options.schema, payload.schema, at);
}

/** What is sent, as the screen shows it. */
function payloadAsData({ payload, fields }: Options): EventDeclaration['payload'] {
  if (typeof payload === 'function') return { kind: 'function' };
  return payload === undefined
    ? { kind: 'entry', fields: fields ?? null }
    : { kind: 'paths', paths: { ...payload } };
}

/** What a payload is made of. */
type Sent = Pick<Options, 'payload' | 'fields'>;

/** The options of what the screen has chosen. */
export const sentOptions = (payload: BusinessEventPayload): Sent =>
  payload.kind === 'paths' ? { payload: payload.paths } : payload.fields ? { fields: payload.fields } : {};

/**
 * Builds the `data` of an event as it was declared on the screen when the event happened: the declaration may have changed
 * since, or be gone. Throws where the content type is gone.
 */
export function storedBuilder(
  uid: string,
  payload: BusinessEventPayload,
  { models, typeName }: Pick<MappedEventContext, 'models' | 'typeName'>,
): MappedEventDefinition['build'] {
  const model = contentTypeOf(uid, models, 'business event');
  const options = sentOptions(payload);
  const { shape } = readingOf(options, {}, model, models, { at: '', problems: [], gone: [] });
  return payloadOf(options, shape, typeName(uid)).build;
}

/** The builder for the option, with the schema of its result; an empty one is not known yet. */
function payloadOf(
  { payload }: Sent,
  shape: EntryShape,
  typeName: string | undefined,
): Pick<MappedEventDefinition, 'build' | 'schema' | 'deferred' | 'whole'> {
  // A snapshot contains the data of all events of the type; this one uses its own part only.
  const own = (entry: Entry) => trimEntry(entry, shape);
  if (typeof payload === 'function') {
    return {
      build: (entry, links) => givenObject(payload(own(entry), links)),
      schema: {},
      deferred: true,
    };
  }
  if (payload !== undefined) {
    const properties = Object.fromEntries(
      Object.entries(payload).map(([key, path]) => [key, schemaAt(shape, path)]),
    );
    return {
      build: (entry) => picked(own(entry), payload),
      schema: { $schema: schemaDialect, type: 'object', properties, required: Object.keys(properties) },
    };
  }
  const { model } = shape;
  const name = typeName ?? segment(model.info.singularName ?? model.modelName);
  return {
    build: (entry, _links, counts) => {
      const told = cutLists(own(entry), shape, Infinity, counts);
      return wholeEntryData(told.entry, model, name, told.truncated);
    },
    whole: shape,
    schema: contentEventSchema(shape, name, isLocalized(model)),
  };
}

const picked = (entry: Entry, paths: Readonly<Record<string, string>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(paths).map(([key, path]) => [key, readPath(entry, path)]));

/** As in a content event; the changed fields are known only there. */
function wholeEntryData(
  entry: Record<string, unknown>,
  model: ContentModel,
  typeName: string,
  truncated: Record<string, number>,
) {
  return contentEventData({
    uid: model.uid,
    model: typeName,
    documentId: String(entry['documentId'] ?? ''),
    locale: typeof entry['locale'] === 'string' ? entry['locale'] : null,
    status: hasDrafts(model) && !isPublished(entry) ? 'draft' : 'published',
    entry,
    changedFields: null,
    previous: null,
    ...(Object.keys(truncated).length > 0 && { truncated }),
  });
}

/** Where a declaration stands, and what is found wrong with it. */
interface Findings {
  at: string;
  problems: string[];
  gone: string[];
}

/** The shape of the entry that the payload is made of, and what is read for it. */
function readingOf(
  options: Sent,
  wanted: PopulateTree,
  model: ContentModel,
  models: ContentModels,
  findings: Findings,
): { shape: EntryShape; populate: PopulateTree } {
  const { fields, payload } = options;
  if (fields === undefined) {
    const inner = pathsOf(options, model, models, findings);
    const populate = [defaultPopulate(model, models), wanted, ...inner].reduce(mergePopulate);
    return { shape: toldShape(model, populate, models), populate };
  }
  if (payload !== undefined || Object.keys(wanted).length > 0)
    findings.problems.push(`${findings.at}.fields: cannot be given together with payload or populate`);
  findings.gone.push(...fieldTreeProblems(fields, model, models).map(({ place }) => place));
  const shape = treeShape(model, fields, models);
  return { shape, populate: populateOfShape(shape) };
}

/** What must be read for the paths of the payload; invalid paths give null. */
function pathsOf(
  { payload }: Sent,
  model: ContentModel,
  models: ContentModels,
  { at, problems, gone }: Findings,
): PopulateTree[] {
  if (payload === undefined || typeof payload === 'function') return [];
  return Object.entries(payload).flatMap(([key, path]) => {
    const resolved = resolvePath(model, path, models);
    if (typeof resolved !== 'string') return [resolved.populate];
    if (isGone(model, path, models)) gone.push(path);
    else problems.push(`${at}.payload.${key}: ${resolved}`);
    return [];
  });
}

/**
 * Schema of the payload: as given, and then the sample must match it; else derived from the paths, or from
 * the sample.
 */
function withSchema(
  declared: MappedDeclaration,
  schema: ZodLike | undefined,
  known: JsonSchema,
  at: string,
): MappedDeclaration {
  const { sample } = declared.eventType;
  if (schema === undefined) {
    const read = Object.keys(known).length > 0 ? known : schemaOfSample(sample);
    return { ...declared, eventType: { ...declared.eventType, schema: read } };
  }
  const checked = checkedBy(schema, sample);
  if (typeof checked === 'string') throw new CatalogError([`${at}.schema: cannot be checked: ${checked}`]);
  if (!checked.success) {
    const said = checked.error.issues
      .map(({ path, message }) => `${optionPath('payload', path)}: ${message}`)
      .join('; ');
    throw new CatalogError([
      `${at}.schema: the payload of the sample entry does not fit it (${said}); sampleEntry may help`,
    ]);
  }
  return { ...declared, eventType: { ...declared.eventType, schema: jsonSchemaOf(schema) } };
}

function contentTypeOf(uid: string, models: ContentModels, at: string): ContentModel {
  const model = models.get(uid);
  if (model?.info.singularName === undefined) {
    throw new CatalogError([`${at}.contentType: "${uid}" is not a content type of this Strapi`]);
  }
  if (!mayBeMapped(uid))
    throw new CatalogError([`${at}.contentType: "${uid}" is part of Strapi itself and gives no events`]);
  return model;
}
