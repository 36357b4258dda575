import { bookkeeping } from './content-events';
import type { ContentModel, ContentModels } from './content-model';
import { defaultPopulate, isEntry, shapeOf, zoneShape } from './entry-shape';
import type { EntryShape, ShapeField } from './entry-shape';
import type { ComparableField, Entry } from './types';

/**
 * The values compared before and after a change, in the order of the schema.
 *
 * @param bookkeeping includes fields that Strapi writes itself (`publishedAt`): a rule can use them, but they
 *   never count as changed.
 */
export function comparableOf(
  model: ContentModel,
  models: ContentModels,
  { bookkeeping: all = false }: { bookkeeping?: boolean } = {},
): ComparableField[] {
  return shapeOf(model, defaultPopulate(model, models), models)
    .fields.filter(({ name }) => all || !bookkeeping.has(name))
    .map((field) => ({ name: field.name, kind: kindOf(field), content: (value) => content(value, field) }));
}

function kindOf(field: ShapeField): ComparableField['kind'] {
  if (field.kind === 'scalar' || field.kind === 'references') return 'scalar';
  return leadsAway(field) ? 'relation' : 'component';
}

const leadsAway = ({ attribute }: ShapeField): boolean =>
  attribute.type === 'relation' || attribute.type === 'media';

/**
 * A value without the parts that differ between two rows of the same content: row ids of components, of the
 * draft and of the published version. Relations and files are replaced by their references, in their order.
 */
function content(value: unknown, field: ShapeField): unknown {
  if (field.kind === 'scalar' || field.kind === 'references') return value ?? null;
  if (leadsAway(field)) return listOf(value).map(reference);
  if (field.kind === 'zone') return listOf(value).map((item) => zoneItem(item, field.shapes));
  const parts = listOf(value).map((item) => fieldsOf(item, field.shape));
  return field.kind === 'many' ? parts : (parts[0] ?? null);
}

const listOf = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : value === null || value === undefined ? [] : [value];

/** The reference of a related entry or file: its document and locale, not the row. */
export function reference(item: unknown): string {
  const target = (isEntry(item) ? item : {}) as { documentId?: unknown; id?: unknown; locale?: unknown };
  const document = target.documentId ?? `#${String(target.id ?? '')}`;
  return target.locale ? `${String(document)}:${String(target.locale)}` : String(document);
}

function zoneItem(item: unknown, shapes: readonly EntryShape[]): unknown {
  if (!isEntry(item)) return item;
  const component = item['__component'];
  const shape = zoneShape(item, shapes);
  return { component, fields: shape === undefined ? null : fieldsOf(item, shape) };
}

const fieldsOf = (item: unknown, shape: EntryShape): Record<string, unknown> =>
  Object.fromEntries(
    shape.fields.map((field) => [field.name, content((item as Entry | null)?.[field.name], field)]),
  );
