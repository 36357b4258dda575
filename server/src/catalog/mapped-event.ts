import { z } from 'zod';
import { fieldsOf } from '../conditions/evaluate';
import { ruleSchema } from '../conditions/rule-schema';
import type { Rule } from '../conditions/types';
import { CatalogError, optionPath, problemsOf } from './catalog-error';
import { tellsLate } from './content-events';
import { contentEventData, contentEventSchema } from './content-event-data';
import { hasDrafts, isLocalized, isSensitive } from './content-model';
import type { ContentModel, ContentModels } from './content-model';
import { mayBeMapped, segment } from './content-type-names';
import { comparableOf } from './comparable';
import { nameOptions } from './declaration';
import type { MappedDeclaration } from './declaration';
import { schemaDialect } from './entry-schema';
import type { JsonSchema } from './entry-schema';
import { defaultPopulate, isEntry, mergePopulate, shapeOf, toldShape, trimEntry } from './entry-shape';
import type { EntryShape, PopulateTree } from './entry-shape';
import { isGone, parsePopulate, readPath, resolvePath, schemaAt } from './field-path';
import { holdsFiles } from './files';
import { checkedBy, isZodLike, jsonSchemaOf, schemaOfSample } from './json-schema';
import type { ZodLike } from './json-schema';
import { PayloadError, givenObject } from './payload';
import { sampleEntry } from './sample';
import type { Entry, EventType, Links, MappedEvent } from './types';

/**
 * Builds the `data` of an event from the entry. Runs after the save, never within it, and gives its object at once: a
 * promise is refused.
 */
export type PayloadFunction = (entry: Entry, links: Links) => Record<string, unknown>;

/** A business event of `config.events`: a change of a content type under a name of the business. */
export interface MappedEventOptions {
  /** Lower case with dots: `order.paid`. */
  type: string;
  displayName: string;
  /** One sentence for an administrator. */
  description: string;
  /** Uid of the content type: `api::order.order`. */
  contentType: string;
  /** When it happens: `[{ on: 'updated', when: { field: 'status', becomes: 'paid' } }]`. */
  on: Rule;
  /** What is sent: a function, or key → path in the entry (`{ buyer: 'customer.name' }`). Left out: as a content event. */
  payload?: PayloadFunction | Readonly<Record<string, string>>;
  /** Further relations that `payload` needs, as in Strapi's `populate`. One level is always read. */
  populate?: unknown;
  /** A zod schema of what `payload` gives. Without it the schema is read off the sample. */
  schema?: ZodLike;
  /** Values for the entry that the sample is built from, where the invented ones do not do. */
  sampleEntry?: Readonly<Record<string, unknown>>;
}

/** Everything of a mapped event; what `defineMappedEvent` makes of it is what the catalog holds. */
export interface MappedEventDefinition {
  type: string;
  displayName: string;
  description: string;
  model: ContentModel;
  rule: Rule;
  populate: PopulateTree;
  build: MappedEvent['build'];
  /** True where `build` is a site builder's own function. */
  deferred?: boolean;
  /** Of the entry, where `build` tells it as a whole, as a content event does. */
  whole?: EntryShape;
  /** JSON Schema of what `build` gives. */
  schema: JsonSchema;
  /** What the sample is built from, by `build` itself. */
  sampleEntry: Entry;
  /** Stands in for `build` where a sample needs what only a live entry has. */
  buildSample?: MappedEvent['build'];
  /** Fields that the payload names and the content type no longer has. */
  gone?: readonly string[];
}

interface DefinitionContext {
  at: string;
  source: EventType['source'];
  links: Links;
  models: ContentModels;
  /** Whether addresses of files are signed here. */
  signsFiles: () => boolean;
}

/**
 * @param at where it is declared, for errors: `config.events[2]`.
 * A field that is gone stops nobody from starting: a rule that names it cannot be judged, so that its event is told in
 * the thin form, and `gone` says it to those who are subscribed.
 *
 * @throws CatalogError where the rule names a field that may not be told, or no sample can be built.
 */
export function defineMappedEvent(
  definition: MappedEventDefinition,
  { at, source, links, models, signsFiles }: DefinitionContext,
): MappedDeclaration {
  const { model, type, rule, build, populate, deferred = false } = definition;
  const fields = fieldsOf(rule);
  // A whole entry keeps its files, so that they are found in the body; single values are taken once they are signed.
  const takesFiles = !definition.whole && holdsFiles(shapeOf(model, populate, models));
  checkFields(fields, model, models, at);
  const gone = [...fields.filter((name) => isGone(model, name, models)), ...(definition.gone ?? [])];
  return {
    kind: 'mapped',
    origin: at,
    uid: model.uid,
    populate,
    ...(definition.whole && { whole: definition.whole }),
    mapped: {
      ...{ type, rule, build, fields },
      get deferred() {
        return deferred || (takesFiles && signsFiles());
      },
    },
    eventType: {
      type,
      displayName: definition.displayName,
      description: definition.description,
      group: 'business',
      source,
      guarantee: tellsLate(model.uid) ? 'late' : 'same_transaction',
      uid: model.uid,
      contentTypeName: model.info.displayName,
      replacesContentEvent: false,
      sensitive: isSensitive(model.uid),
      ...(gone.length > 0 && { gone: [...new Set(gone)] }),
      schema: definition.schema,
      sample: builtSample(definition.buildSample ?? build, definition.sampleEntry, links, at),
    },
  };
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
  populate: z.unknown().optional(),
  schema: z.custom<ZodLike>(isZodLike, 'must be a zod schema').optional(),
  sampleEntry: z.custom<Record<string, unknown>>(isEntry, 'must be an object').optional(),
});
type Options = z.output<typeof optionsSchema>;

export interface MappedEventContext {
  at: string;
  models: ContentModels;
  links: Links;
  signsFiles: () => boolean;
  /** Gives the files of a sample the addresses that they would have. */
  addressed: (entry: Entry, model: ContentModel) => Entry;
  /** Segment of the content type's own events. */
  typeName(uid: string): string | undefined;
}

/** A mapped event as it is written in `config.events`. Throws CatalogError naming each wrong option. */
export function declareMappedEvent(given: unknown, context: MappedEventContext): MappedDeclaration {
  const { at, models, links, signsFiles } = context;
  const parsed = optionsSchema.safeParse(given);
  if (!parsed.success) throw new CatalogError(problemsOf(parsed.error, at));
  const options = parsed.data;
  const model = contentTypeOf(options.contentType, models, at);
  const problems: string[] = [];
  const gone: string[] = [];
  const wanted = parsePopulate(options.populate, model, models, {
    at: `${at}.populate`,
    add: (line) => problems.push(line),
  });
  const inner = pathsOf(options, model, models, { at, problems, gone });
  if (problems.length > 0) throw new CatalogError(problems);
  const populate = [defaultPopulate(model, models), wanted, ...inner].reduce(mergePopulate);
  const shape = toldShape(model, populate, models);
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
    ...payload,
  };
  const declared = defineMappedEvent(definition, { at, source: 'config', links, models, signsFiles });
  return options.payload === undefined ? declared : withSchema(declared, options.schema, payload.schema, at);
}

/** The builder that the option asks for, with the schema of what it gives; an empty one is not known yet. */
function payloadOf(
  { payload }: Options,
  shape: EntryShape,
  typeName: string | undefined,
): Pick<MappedEventDefinition, 'build' | 'schema' | 'deferred' | 'whole'> {
  // A snapshot holds what every event of the type reads; this one sees its own part only.
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
    build: (entry) => wholeEntryData(own(entry), model, name),
    whole: shape,
    schema: contentEventSchema(shape, name, isLocalized(model)),
  };
}

const picked = (entry: Entry, paths: Readonly<Record<string, string>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(paths).map(([key, path]) => [key, readPath(entry, path)]));

/** As a content event tells it; what changed is known there only. */
function wholeEntryData(entry: Record<string, unknown>, model: ContentModel, typeName: string) {
  return contentEventData({
    uid: model.uid,
    model: typeName,
    documentId: String(entry['documentId'] ?? ''),
    locale: typeof entry['locale'] === 'string' ? entry['locale'] : null,
    status: hasDrafts(model) && (entry['publishedAt'] ?? null) === null ? 'draft' : 'published',
    entry,
    changedFields: null,
    previous: null,
  });
}

/** What must be read for the paths of the payload; those that lead to no field are given as null. */
function pathsOf(
  { payload }: Options,
  model: ContentModel,
  models: ContentModels,
  { at, problems, gone }: { at: string; problems: string[]; gone: string[] },
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

/** Schema of the payload: as given, and then the sample must fit it; else of the paths, or read off the sample. */
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

function checkFields(
  fields: readonly string[],
  model: ContentModel,
  models: ContentModels,
  at: string,
): void {
  const known = new Set(comparableOf(model, models, { bookkeeping: true }).map(({ name }) => name));
  const problems = fields
    .filter((name) => !known.has(name) && !isGone(model, name, models))
    .map(
      (name) =>
        `${at}.on: "${name}" of ${model.info.displayName} (${model.uid}) is private or has no value to compare`,
    );
  if (problems.length > 0) throw new CatalogError(problems);
}

function builtSample(
  build: MappedEvent['build'],
  entry: Entry,
  links: Links,
  at: string,
): Record<string, unknown> {
  try {
    return givenObject(build(entry, links));
  } catch (error) {
    if (error instanceof PayloadError) {
      throw new CatalogError(
        error.problems.map(({ path, message }) => `${optionPath(`${at}.payload`, path)}: ${message}`),
      );
    }
    const said = error instanceof Error ? error.message : String(error);
    throw new CatalogError([`${at}.payload: fails on the sample entry: ${said}`]);
  }
}
