import { errors } from '@strapi/utils';
import { z } from 'zod';
import { CatalogError, optionPath, problemsOf } from './catalog-error';
import { asJson, nameOptions } from './declaration';
import type { CodeDeclaration } from './declaration';
import { isEntry } from './entry-shape';
import { isZodLike, jsonSchemaOf } from './json-schema';
import type { ZodLike, ZodLikeIssue } from './json-schema';
import type { CodeEvent, EventType } from './types';

/** An event that code declares and emits: `events.emit('order.shipped', { … })`. */
export interface CodeEventOptions {
  type: string;
  displayName: string;
  description: string;
  /** A zod schema of an object; of any copy of zod. */
  schema: ZodLike;
  /** A complete, realistic `data`; it must fit the schema. */
  sample: Readonly<Record<string, unknown>>;
}

const optionsSchema = z.strictObject({
  ...nameOptions,
  schema: z.custom<ZodLike>(isZodLike, 'must be a zod schema'),
  sample: z.custom<Record<string, unknown>>(isEntry, 'must be an object: the data of the event'),
});

/**
 * @param at where it is declared, for errors: `config.events[2]`.
 * @throws CatalogError naming the option that is wrong, or the field of the sample that does not fit.
 */
export function declareCodeEvent(
  given: unknown,
  { at, source, fromEntry }: { at: string; source: EventType['source'] } & Pick<CodeEvent, 'fromEntry'>,
): CodeDeclaration {
  const options = optionsSchema.safeParse(given);
  if (!options.success) throw new CatalogError(problemsOf(options.error, at));
  const { type, displayName, description, schema, sample } = options.data;
  return {
    kind: 'code',
    origin: at,
    code: { type, parse: parserOf(type, schema), ...(fromEntry && { fromEntry }) },
    eventType: {
      type,
      displayName,
      description,
      group: 'business',
      source,
      guarantee: 'same_transaction',
      uid: fromEntry?.uid ?? null,
      contentTypeName: null,
      replacesContentEvent: false,
      sensitive: false,
      schema: jsonSchemaOf(schema),
      sample: checkedSample(schema, sample, `${at}.sample`),
    },
  };
}

function checkedSample(schema: ZodLike, sample: unknown, at: string): Record<string, unknown> {
  const parsed = attempt(() => schema.safeParse(sample));
  if (typeof parsed === 'string') throw new CatalogError([`${at}: cannot be checked: ${parsed}`]);
  if (!parsed.success) {
    throw new CatalogError(
      parsed.error.issues.map(({ path, message }) => `${optionPath(at, path)}: ${message}`),
    );
  }
  const json = attempt(() => asJson(parsed.data));
  if (!isEntry(json)) throw new CatalogError([`${at}: must be an object that JSON can hold`]);
  return { ...json };
}

/** A schema with an async check throws from `safeParse`: an event is judged before it is written, at once. */
function attempt<T>(work: () => T): T | string {
  try {
    return work();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Throws a ValidationError whose message names the first wrong field and whose details name them all. */
function parserOf(type: string, schema: ZodLike): CodeEvent['parse'] {
  return (data) => {
    const parsed = schema.safeParse(data);
    if (!parsed.success) throw refusal(type, parsed.error.issues);
    if (!isEntry(parsed.data)) throw refusal(type, [{ path: [], message: 'must be an object' }]);
    return { ...parsed.data };
  };
}

function refusal(type: string, issues: readonly ZodLikeIssue[]): Error {
  const details = issues.map(({ path, message }) => ({
    path: path.map(String),
    message,
    name: 'ValidationError',
  }));
  const said = issues.map(({ path, message }) => `${optionPath('data', path)}: ${message}`).join('; ');
  return new errors.ValidationError(`${type}: ${said}`, { errors: details });
}
