import { truncatedOf } from './capped';
import { entrySchema, schemaDialect } from './entry-schema';
import type { JsonSchema } from './entry-schema';
import type { EntryShape } from './entry-shape';
import type { ContentEventData } from './types';

/**
 * `data` of a content event, always with the same keys in the same order; `truncated` and `thin` only if
 * needed. Samples and real events are both built here.
 */
export function contentEventData(told: ContentEventData): ContentEventData & Record<string, unknown> {
  const cut = truncatedOf(told.entry);
  const truncated = told.truncated && cut ? { ...told.truncated, ...cut } : (told.truncated ?? cut);
  return {
    uid: told.uid,
    model: told.model,
    documentId: told.documentId,
    locale: told.locale,
    status: told.status,
    entry: told.entry,
    changedFields: told.changedFields,
    previous: told.previous,
    ...(truncated === undefined ? {} : { truncated }),
    ...(told.thin === undefined ? {} : { thin: told.thin }),
  };
}

const contentKeys: ReadonlySet<string> = new Set<keyof ContentEventData>([
  ...(['uid', 'model', 'documentId', 'locale', 'status'] as const),
  ...(['entry', 'changedFields', 'previous', 'truncated', 'thin'] as const),
]);

/** What `data` tells beyond a content event: why an entry is affected. */
export const beyondContent = (data: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(data).filter(([key]) => !contentKeys.has(key)));

/** JSON Schema of `contentEventData` for entries of this shape. `typeName` is the segment of the event type. */
export function contentEventSchema(shape: EntryShape, typeName: string, localized: boolean): JsonSchema {
  const properties: Record<Exclude<keyof ContentEventData, 'thin' | 'truncated'>, JsonSchema> = {
    uid: { const: shape.model.uid },
    model: { const: typeName },
    documentId: { type: 'string' },
    locale: localized ? { type: ['string', 'null'] } : { type: 'null' },
    status: { enum: ['draft', 'published'], description: 'Which version `entry` is.' },
    entry: entrySchema(shape),
    changedFields: {
      type: ['array', 'null'],
      items: { type: 'string' },
      description: 'Names of the fields that changed; null where that is not known.',
    },
    previous: {
      type: ['object', 'null'],
      description: 'Values that the changed fields had before; null where they are not known.',
    },
  };
  const truncated = {
    type: 'object',
    additionalProperties: { type: 'integer' },
    description:
      'Only where a list of `entry` was cut: how many there are in truth, by its path: `articles`, `blocks.0.products`.',
  };
  const thin = {
    type: 'string',
    description:
      'Only where the entry could not be told in full: the reason. `entry` then holds ids and little more.',
  };
  return {
    $schema: schemaDialect,
    type: 'object',
    properties: { ...properties, truncated, thin },
    required: Object.keys(properties),
  };
}
