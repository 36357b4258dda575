import { visibleAttributes } from './content-model';
import type { Attribute, ContentModel, ContentModels } from './content-model';
import { entrySchema } from './entry-schema';
import type { JsonSchema } from './entry-schema';
import { defaultPopulate, isEntry, isPopulatable, mergePopulate, targetOf } from './entry-shape';
import type { EntryShape, PopulateTree } from './entry-shape';
import type { Entry } from './types';

/** The target of a path like `customer.user.email` from a content type. */
export interface FieldPath {
  /** What must be read with the entry to have the value. */
  populate: PopulateTree;
  /** The last attribute; null for `id` and `documentId`, which every entry has. */
  attribute: Attribute | null;
}

const identifiers: ReadonlySet<string> = new Set(['id', 'documentId']);

/**
 * Follows a path through relations, files and components. Private and password fields cannot be reached.
 *
 * @returns the reason, a sentence that names the part, if there is no such field.
 */
export function resolvePath(model: ContentModel, path: string, models: ContentModels): FieldPath | string {
  const [name = '', ...rest] = path.split('.');
  const where = `${model.info.displayName} (${model.uid})`;
  if (rest.length === 0 && identifiers.has(name)) {
    return { populate: {}, attribute: null };
  }
  const attribute = visibleAttributes(model, models).find(([known]) => known === name)?.[1];
  if (attribute === undefined) {
    return Object.hasOwn(model.attributes, name)
      ? `"${name}" of ${where} is private and cannot be sent`
      : `"${name}" is not a field of ${where}`;
  }
  if (!isPopulatable(attribute)) {
    if (rest.length > 0) return `"${name}" of ${where} has no fields of its own`;
    return { populate: {}, attribute };
  }
  if (rest.length > 0) return throughPath(name, attribute, rest, models);
  const node = defaultPopulate(model, models)[name];
  return { populate: node === undefined ? {} : { [name]: node }, attribute };
}

/**
 * Whether a path is invalid because a part of it is no field, or no longer one: then it is reported to its
 * users. A path to a private value is refused instead.
 */
export function isGone(model: ContentModel, path: string, models: ContentModels): boolean {
  const [name = '', ...rest] = path.split('.');
  if (rest.length === 0 && identifiers.has(name)) return false;
  if (!Object.hasOwn(model.attributes, name)) return true;
  const attribute = visibleAttributes(model, models).find(([known]) => known === name)?.[1];
  if (rest.length === 0 || attribute === undefined || !isPopulatable(attribute)) return false;
  const target = models.get(
    attribute.type === 'component' ? (attribute.component ?? '') : targetOf(attribute),
  );
  return target !== undefined && isGone(target, rest.join('.'), models);
}

function throughPath(
  name: string,
  attribute: Attribute,
  rest: readonly string[],
  models: ContentModels,
): FieldPath | string {
  if (attribute.type === 'dynamiczone') return `"${name}" is a dynamic zone: name it as a whole`;
  const target = models.get(
    attribute.type === 'component' ? (attribute.component ?? '') : targetOf(attribute),
  );
  if (target === undefined) return `"${name}" leads to a content type that is not there`;
  const inner = resolvePath(target, rest.join('.'), models);
  if (typeof inner === 'string') return inner;
  return { populate: { [name]: { populate: inner.populate } }, attribute: inner.attribute };
}

/** JSON Schema of the value at the path in entries of this shape; a list if the path goes through a list. */
export function schemaAt(shape: EntryShape, path: string): JsonSchema {
  const [name = '', ...rest] = path.split('.');
  const field = shape.fields.find((known) => known.name === name);
  if (rest.length === 0 || field === undefined || !('shape' in field)) {
    const properties = entrySchema(shape)['properties'] as Record<string, JsonSchema>;
    return properties[name] ?? {};
  }
  const inner = schemaAt(field.shape, rest.join('.'));
  return field.kind === 'many' ? { type: 'array', items: inner } : { anyOf: [inner, { type: 'null' }] };
}

/** The value at the path; through a list, the list of the values there. A missing value is null. */
export function readPath(entry: unknown, path: string): unknown {
  return readNames(entry, path.split('.'));
}

function readNames(value: unknown, names: readonly string[]): unknown {
  const [name, ...rest] = names;
  if (name === undefined) return value ?? null;
  if (Array.isArray(value)) return value.map((item: unknown) => readNames(item, names));
  return isEntry(value) && Object.hasOwn(value, name) ? readNames(value[name], rest) : null;
}

/** The entry with another value at the path; through a list it is set in each of its entries. */
export function withValueAt(entry: Entry, path: string, value: unknown): Entry {
  const [name = '', ...rest] = path.split('.');
  if (rest.length === 0) return { ...entry, [name]: value };
  const inner = entry[name];
  const replace = (item: unknown): unknown =>
    isEntry(item) ? withValueAt(item, rest.join('.'), value) : item;
  return { ...entry, [name]: Array.isArray(inner) ? inner.map(replace) : replace(inner) };
}

/**
 * `populate` in the site builder's notation (`true`, `'*'`, `['customer.user']`, `{ customer: { populate: … }
 * }`) as a tree. Restricting options (`fields`, `filters`) are refused: one read serves every event of the
 * type.
 *
 * @param problems gets a line for each name that cannot be populated.
 */
export function parsePopulate(
  given: unknown,
  model: ContentModel,
  models: ContentModels,
  problems: { at: string; add(problem: string): void },
): PopulateTree {
  const { at, add } = problems;
  if (given === undefined || given === true || given === '*') return {};
  if (typeof given === 'string') return parsePopulate([given], model, models, problems);
  if (Array.isArray(given)) {
    return given.reduce<PopulateTree>((tree, path: unknown, index) => {
      const resolved = typeof path === 'string' ? resolvePath(model, path, models) : 'must be a name';
      if (typeof resolved === 'string') add(`${at}[${index}]: ${resolved}`);
      else if (resolved.attribute === null || !isPopulatable(resolved.attribute)) {
        add(`${at}[${index}]: "${String(path)}" is not a relation, file, component or dynamic zone`);
      }
      return typeof resolved === 'string' ? tree : mergePopulate(tree, resolved.populate);
    }, {});
  }
  if (!isEntry(given)) {
    add(`${at}: must be a list of names, or an object as in Strapi's populate`);
    return {};
  }
  const tree: PopulateTree = {};
  for (const [name, value] of Object.entries(given)) {
    Object.assign(tree, parseNode(name, value, model, models, { at: `${at}.${name}`, add }));
  }
  return tree;
}

function parseNode(
  name: string,
  value: unknown,
  model: ContentModel,
  models: ContentModels,
  problems: { at: string; add(problem: string): void },
): PopulateTree {
  const resolved = resolvePath(model, name, models);
  if (typeof resolved === 'string' || resolved.attribute === null || !isPopulatable(resolved.attribute)) {
    problems.add(
      `${problems.at}: is not a relation, file, component or dynamic zone of ${model.info.displayName}`,
    );
    return {};
  }
  if (value === true || value === '*') return { [name]: {} };
  const unknown = isEntry(value) ? Object.keys(value).find((key) => key !== 'populate') : '';
  if (unknown !== undefined || !isEntry(value)) {
    problems.add(`${problems.at}: must be true or { populate: … }`);
    return {};
  }
  const { attribute } = resolved;
  const target = models.get(
    attribute.type === 'component' ? (attribute.component ?? '') : targetOf(attribute),
  );
  if (target === undefined) return { [name]: {} };
  const populate = parsePopulate(value['populate'], target, models, {
    ...problems,
    at: `${problems.at}.populate`,
  });
  return { [name]: { populate } };
}
