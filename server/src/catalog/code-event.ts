import { errors } from '@strapi/utils';
import { z } from 'zod';
import { CatalogError, optionPath, problemsOf } from './catalog-error';
import { nameOptions } from './declaration';
import type { CodeDeclaration } from './declaration';
import { isEntry } from './entry-shape';
import { jsonOf } from './json-data';
import { checkedBy, isZodLike, jsonSchemaOf } from './json-schema';
import type { ZodLike, ZodLikeIssue } from './json-schema';
import type { CodeEvent, EventType } from './types';

/** An event that code declares and emits: `events.emit('order.shipped', { … })`. */
export interface CodeEventOptions {
  type: string;
  displayName: string;
  description: string;
  /** A zod schema of an object; of any copy of zod. */
  schema: ZodLike;
  /** A complete, realistic `data`; it must match the schema. */
  sample: Readonly<Record<string, unknown>>;
}

const optionsSchema = z.strictObject({
  ...nameOptions,
  schema: z.custom<ZodLike>(isZodLike, 'must be a zod schema'),
  sample: z.custom<Record<string, unknown>>(isEntry, 'must be an object: the data of the event'),
});

/**
 * @param at where it is declared, for errors: `config.events[2]`.
 * @throws CatalogError naming the wrong option, or the field of the sample that does not match.
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
  const parsed = checkedBy(schema, sample);
  if (typeof parsed === 'string') throw new CatalogError([`${at}: cannot be checked: ${parsed}`]);
  if (!parsed.success) {
    throw new CatalogError(
      parsed.error.issues.map(({ path, message }) => `${optionPath(at, path)}: ${message}`),
    );
  }
  const { json, problems } = jsonOf(parsed.data);
  if (problems.length > 0) {
    throw new CatalogError(problems.map(({ path, message }) => `${optionPath(at, path)}: ${message}`));
  }
  if (!isEntry(json)) throw new CatalogError([`${at}: must be an object that JSON can hold`]);
  return { ...json };
}

/**
 * Returns plain JSON, so that nothing is lost or fails when the body is written. Throws a ValidationError
 * whose message names the wrong fields and whose details list them.
 */
function parserOf(type: string, schema: ZodLike): CodeEvent['parse'] {
  return (data) => {
    const parsed = checkedBy(schema, data);
    if (typeof parsed === 'string') {
      throw refusal(type, [{ path: [], message: `cannot be checked: ${parsed}` }]);
    }
    if (!parsed.success) throw refusal(type, parsed.error.issues);
    const { json, problems } = jsonOf(parsed.data);
    if (problems.length > 0) throw refusal(type, problems);
    if (!isEntry(json)) throw refusal(type, [{ path: [], message: 'must be an object' }]);
    return { ...json };
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
