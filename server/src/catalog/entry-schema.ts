import type { Attribute } from './content-model';
import type { EntryShape, ShapeField } from './entry-shape';

export type JsonSchema = Record<string, unknown>;

export const schemaDialect = 'https://json-schema.org/draft/2020-12/schema';

/**
 * JSON Schema of an entry of this shape. All keys are required, since Strapi returns `null` for unset values;
 * all scalars can be `null`, since a draft may lack even required values.
 */
export function entrySchema({ model, row, fields }: EntryShape): JsonSchema {
  const properties: Record<string, JsonSchema> = { id: { type: 'integer' } };
  if (row === 'entry') properties['documentId'] = { type: 'string' };
  for (const field of fields) properties[field.name] = fieldSchema(field);
  return { type: 'object', title: model.info.displayName, properties, required: Object.keys(properties) };
}

function fieldSchema(field: ShapeField): JsonSchema {
  if (field.kind === 'scalar') return scalarSchema(field.attribute);
  if (field.kind === 'references') return { type: 'array', items: referenceSchema };
  if (field.kind === 'zone') return { type: 'array', items: zoneItemSchema(field.shapes) };
  const schema = entrySchema(field.shape);
  if (field.kind === 'many') return { type: 'array', items: schema };
  return { anyOf: [schema, { type: 'null' }] };
}

const referenceSchema: JsonSchema = {
  type: 'object',
  properties: {
    uid: { type: 'string', description: 'Its content type, or the component where no entry holds that.' },
    documentId: { type: ['string', 'null'] },
    locale: { type: ['string', 'null'] },
    status: { enum: ['draft', 'published', null] },
    field: { type: 'string', description: 'The field that the file stands in, like cover or seo.picture.' },
  },
  required: ['uid', 'documentId', 'locale', 'status', 'field'],
};

function zoneItemSchema(shapes: readonly EntryShape[]): JsonSchema {
  if (shapes.length === 0) return { type: 'object' };
  return {
    anyOf: shapes.map((shape) => {
      const schema = entrySchema(shape);
      const own = { __component: { const: shape.model.uid } };
      return {
        ...schema,
        properties: { ...own, ...(schema['properties'] as Record<string, JsonSchema>) },
        required: ['__component', ...(schema['required'] as string[])],
      };
    }),
  };
}

/** Strapi's representation of a scalar in an entry, by the type of its attribute. */
const scalarTypes: Readonly<Record<string, JsonSchema>> = {
  string: { type: ['string', 'null'] },
  text: { type: ['string', 'null'] },
  richtext: { type: ['string', 'null'], description: 'Markdown.' },
  uid: { type: ['string', 'null'] },
  email: { type: ['string', 'null'], format: 'email' },
  integer: { type: ['integer', 'null'] },
  biginteger: {
    type: ['string', 'null'],
    description: 'A whole number as text, since it may be larger than a number holds.',
  },
  float: { type: ['number', 'null'] },
  decimal: { type: ['number', 'null'] },
  boolean: { type: ['boolean', 'null'] },
  date: { type: ['string', 'null'], format: 'date' },
  time: { type: ['string', 'null'], description: 'Time of day, like 09:30:00.000.' },
  datetime: { type: ['string', 'null'], format: 'date-time' },
  timestamp: { type: ['string', 'null'], description: 'Milliseconds since 1970, as text.' },
  blocks: { type: ['array', 'null'], items: { type: 'object' }, description: 'Rich text in blocks.' },
};

export function scalarSchema({ type, enum: values }: Attribute): JsonSchema {
  if (type === 'enumeration') return { type: ['string', 'null'], enum: [...(values ?? []), null] };
  // `json` and types unknown to this version can be anything.
  return { ...scalarTypes[type] };
}
