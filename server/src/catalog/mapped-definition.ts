import type { EventDeclaration } from '../../../contracts';
import { fieldsOf, sentence } from '../conditions';
import type { Clause, Rule } from '../conditions';
import { CatalogError, optionPath } from './catalog-error';
import { comparableAt } from './condition-fields';
import { tellsLate } from './content-events';
import { isSensitive } from './content-model';
import type { ContentModel, ContentModels } from './content-model';
import type { MappedDeclaration } from './declaration';
import type { JsonSchema } from './entry-schema';
import { shapeOf } from './entry-shape';
import type { EntryShape, PopulateTree } from './entry-shape';
import { isGone } from './field-path';
import { holdsFiles } from './files';
import { PayloadError, givenObject } from './payload';
import type { Entry, EventType, Links, MappedEvent } from './types';
import { reasonOf } from '../reason';

/** All properties of a mapped event, as `defineMappedEvent` puts it into the catalog. */
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
  /** The shape of the entry, if `build` returns it as a whole, like a content event. */
  whole?: EntryShape;
  /** JSON Schema of the result of `build`. */
  schema: JsonSchema;
  /** The entry from which `build` itself makes the sample. */
  sampleEntry: Entry;
  /** Replaces `build` if a sample needs values that only a real entry has. */
  buildSample?: MappedEvent['build'];
  /** Fields that the payload uses and the content type no longer has. */
  gone?: readonly string[];
  /** What it sends, as the screen shows it; a function if not given. */
  payload?: EventDeclaration['payload'];
  /** Whether it is made on the screen, so that it may change while events of it are on their way. */
  isStored?: boolean;
}

interface DefinitionContext {
  at: string;
  source: EventType['source'];
  links: Links;
  models: ContentModels;
  /** Whether file URLs are signed here. */
  signsFiles: () => boolean;
}

/**
 * @param at where it is declared, for errors: `config.events[2]`. A missing field does not prevent the start:
 *   a rule with it cannot be evaluated, so that its event gets the thin form, and `gone` reports it to
 *   subscribers.
 *
 * @throws CatalogError if the rule uses a private field, or no sample can be built.
 */
export function defineMappedEvent(
  definition: MappedEventDefinition,
  { at, source, links, models, signsFiles }: DefinitionContext,
): MappedDeclaration {
  const { model, type, rule, build, populate, deferred = false } = definition;
  const fields = fieldsOf(rule);
  // A complete entry keeps its files, so that they are found in the body; single values are read after
  // signing.
  const takesFiles = !definition.whole && holdsFiles(shapeOf(model, populate, models));
  checkFields(fields, model, models, at);
  const payload = definition.payload ?? { kind: 'function' };
  const gone = [...fields.filter((name) => isGone(model, name, models)), ...(definition.gone ?? [])];
  return {
    kind: 'mapped',
    origin: at,
    uid: model.uid,
    populate,
    ...(definition.whole && { whole: definition.whole }),
    mapped: {
      ...{ type, rule, build, fields: withHeads(fields) },
      ...(definition.isStored && payload.kind !== 'function' && { payload }),
      get deferred() {
        return deferred || (takesFiles && signsFiles());
      },
    },
    eventType: {
      type,
      displayName: definition.displayName,
      description: definition.description,
      condition: sentence(rule, model.info.displayName),
      group: 'business',
      source,
      guarantee: tellsLate(model.uid) ? 'late' : 'same_transaction',
      uid: model.uid,
      contentTypeName: model.info.displayName,
      declaration: { origin: at, contentType: model.uid, on: rule.map(asData), payload },
      replacesContentEvent: false,
      sensitive: isSensitive(model.uid),
      ...(gone.length > 0 && { gone: [...new Set(gone)] }),
      schema: definition.schema,
      sample: builtSample(definition.buildSample ?? build, definition.sampleEntry, links, at),
    },
  };
}

/** A clause as the screen shows it. */
const asData = ({ on, when }: Clause): EventDeclaration['on'][number] => ({
  on: typeof on === 'string' ? [on] : [...on],
  when: when ?? null,
});

/** What is read before a change is chosen by attribute: for `author.country`, the `author`. */
const withHeads = (paths: readonly string[]): string[] => [
  ...new Set(paths.flatMap((path) => [path, path.split('.')[0] ?? path])),
];

function checkFields(
  fields: readonly string[],
  model: ContentModel,
  models: ContentModels,
  at: string,
): void {
  const problems = fields
    .filter((name) => comparableAt(name, model, models) === undefined && !isGone(model, name, models))
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
    throw new CatalogError([`${at}.payload: fails on the sample entry: ${reasonOf(error)}`]);
  }
}
