import { z } from 'zod';
import { schemaDialect } from './entry-schema';
import type { JsonSchema } from './entry-schema';
import { reasonOf } from '../reason';

/**
 * The used parts of a zod schema. Not zod's own type: an app may have another copy of zod, whose objects are
 * no instances of ours.
 */
export interface ZodLike {
  safeParse(
    data: unknown,
  ): { success: true; data: unknown } | { success: false; error: { issues: readonly ZodLikeIssue[] } };
}
export interface ZodLikeIssue {
  path: readonly PropertyKey[];
  message: string;
}

export const isZodLike = (value: unknown): value is ZodLike =>
  typeof value === 'object' &&
  value !== null &&
  'safeParse' in value &&
  typeof value.safeParse === 'function';

/**
 * The result of the schema for the data, or a text if there is no synchronous result: an async check, or own
 * code that throws.
 */
export function checkedBy(schema: ZodLike, data: unknown): ReturnType<ZodLike['safeParse']> | string {
  try {
    const parsed: unknown = schema.safeParse(data);
    if (parsed instanceof Promise) {
      parsed.catch(() => undefined);
      return 'its check gives a promise, which cannot be waited for';
    }
    return parsed as ReturnType<ZodLike['safeParse']>;
  } catch (error) {
    return reasonOf(error);
  }
}

/** JSON Schema of the zod schema; `{ "type": "object" }` if it cannot be expressed. */
export function jsonSchemaOf(schema: ZodLike): JsonSchema {
  try {
    const json = z.toJSONSchema(schema as unknown as z.ZodType, {
      unrepresentable: 'any',
      override: ({ zodSchema, jsonSchema }) => {
        // In a body a Date is its JSON text.
        if (zodSchema._zod.def.type === 'date')
          Object.assign(jsonSchema, { type: 'string', format: 'date-time' });
      },
    });
    return json['type'] === 'object' || 'anyOf' in json || 'allOf' in json || 'oneOf' in json
      ? { ...json }
      : anyObject();
  } catch {
    // zod 3, or a self-referencing schema without a JSON Schema.
    return anyObject();
  }
}

const anyObject = (): JsonSchema => ({ $schema: schemaDialect, type: 'object' });

/** JSON Schema derived from a single value: keys required, types as here or null. */
export function schemaOfSample(sample: Readonly<Record<string, unknown>>): JsonSchema {
  return { $schema: schemaDialect, ...objectSchema(sample) };
}

function objectSchema(value: object): JsonSchema {
  const properties = Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, valueSchema(inner)]),
  );
  return { type: 'object', properties, required: Object.keys(properties) };
}

function valueSchema(value: unknown): JsonSchema {
  if (value === null || value === undefined) return {};
  if (Array.isArray(value))
    return { type: ['array', 'null'], items: value.length > 0 ? valueSchema(value[0]) : {} };
  if (typeof value === 'object') return { ...objectSchema(value), type: ['object', 'null'] };
  return { type: [typeof value, 'null'] };
}
