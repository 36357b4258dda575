import { fileUid, isMany, visibleAttributes } from './content-model';
import type { Attribute, ContentModel, ContentModels } from './content-model';
import type { Entry } from './types';

/**
 * The shape of an entry in a payload. Reading (`populateOf`), schema (`entry-schema.ts`), sample
 * (`sample.ts`) and sending (`trimEntry`) are all derived from it, so that they always match.
 */
export interface EntryShape {
  model: ContentModel;
  row: 'entry' | 'component';
  fields: readonly ShapeField[];
}

export type ShapeField =
  | { name: string; kind: 'scalar'; attribute: Attribute }
  | {
      name: string;
      kind: 'one' | 'many';
      attribute: Attribute;
      shape: EntryShape;
      /** Of a relation to many: how many of its entries are sent, if fewer than may be. */
      limit?: number;
    }
  | { name: string; kind: 'zone'; attribute: Attribute; shapes: readonly EntryShape[] }
  /** Entries of any type, by reference: those that use a file. */
  | { name: string; kind: 'references'; attribute: Attribute };

/** The relations, files, components and dynamic zones that are read with an entry, by attribute name. */
export interface PopulateTree {
  [name: string]: PopulateNode;
}
export interface PopulateNode {
  populate?: PopulateTree;
  /** Of a dynamic zone: the parts that are read with each of its components. */
  on?: Record<string, PopulateNode>;
}

const populatable = new Set(['relation', 'media', 'component', 'dynamiczone']);
export const isPopulatable = ({ type }: Attribute): boolean => populatable.has(type);

/**
 * Whether the target of an attribute exists: a component or type may be removed while its field still exists.
 */
export function leadsSomewhere(attribute: Attribute, models: ContentModels): boolean {
  if (!isPopulatable(attribute) || attribute.type === 'dynamiczone') return true;
  const uid = attribute.type === 'component' ? (attribute.component ?? '') : targetOf(attribute);
  return models.get(uid) !== undefined;
}

/** Like Strapi's own webhooks: relations and files one level deep, components and zones completely. */
export function defaultPopulate(model: ContentModel, models: ContentModels): PopulateTree {
  return populateWithout(model, models, new Set([model.uid]));
}

/** `above` ends the recursion if components contain each other. */
function populateWithout(
  model: ContentModel,
  models: ContentModels,
  above: ReadonlySet<string>,
): PopulateTree {
  const inside = (uid: string): PopulateNode => {
    const component = above.has(uid) ? undefined : models.get(uid);
    return component === undefined
      ? {}
      : { populate: populateWithout(component, models, new Set([...above, uid])) };
  };
  const tree: PopulateTree = {};
  for (const [name, attribute] of visibleAttributes(model, models)) {
    if (!leadsSomewhere(attribute, models)) continue;
    if (attribute.type === 'component') tree[name] = inside(attribute.component ?? '');
    else if (attribute.type === 'dynamiczone') {
      const there = (attribute.components ?? []).filter((uid) => models.get(uid) !== undefined);
      tree[name] = { on: Object.fromEntries(there.map((uid) => [uid, inside(uid)])) };
    } else if (isPopulatable(attribute)) tree[name] = {};
  }
  return tree;
}

export function mergePopulate(one: PopulateTree, other: PopulateTree): PopulateTree {
  const merged: PopulateTree = { ...one };
  for (const [name, node] of Object.entries(other)) {
    const known = merged[name];
    merged[name] = known === undefined ? node : mergeNodes(known, node);
  }
  return merged;
}

function mergeNodes(one: PopulateNode, other: PopulateNode): PopulateNode {
  const merged: PopulateNode = {};
  if (one.populate ?? other.populate)
    merged.populate = mergePopulate(one.populate ?? {}, other.populate ?? {});
  if (one.on ?? other.on) {
    merged.on = { ...one.on };
    for (const [uid, node] of Object.entries(other.on ?? {}))
      merged.on[uid] = mergeNodes(merged.on[uid] ?? {}, node);
  }
  return merged;
}

/**
 * The tree as `populate` of the document service (`strapi.get('query-params').transform` turns it into a
 * query).
 */
export function populateOf(tree: PopulateTree): Record<string, unknown> {
  return Object.fromEntries(Object.entries(tree).map(([name, node]) => [name, populateNode(node)]));
}

function populateNode({ populate, on }: PopulateNode): unknown {
  if (on !== undefined) {
    // `true` is not supported there.
    const parts = Object.entries(on).map(([uid, node]) => [uid, inside(node.populate) ?? {}]);
    return { on: Object.fromEntries(parts) as Record<string, unknown> };
  }
  return inside(populate) ?? true;
}

const inside = (tree: PopulateTree = {}): { populate: unknown } | null =>
  Object.keys(tree).length === 0 ? null : { populate: populateOf(tree) };

/** The attribute with the entries that use a file; the schema calls it a relation without a fixed target. */
export const usesName = 'related';

/**
 * The shape of an event's entry: as it is read, and for a file with the entries that use it. Only for the
 * entry itself, not for each file inside another entry.
 */
export function toldShape(model: ContentModel, tree: PopulateTree, models: ContentModels): EntryShape {
  const shape = shapeOf(model, tree, models);
  const attribute = model.attributes[usesName];
  if (model.uid !== fileUid || attribute === undefined) return shape;
  return { ...shape, fields: [...shape.fields, { name: usesName, kind: 'references', attribute }] };
}

/** The shape of an entry that was read with this tree, without relations that are not in the tree. */
export function shapeOf(
  model: ContentModel,
  tree: PopulateTree,
  models: ContentModels,
  row: EntryShape['row'] = 'entry',
): EntryShape {
  const fields = visibleAttributes(model, models).flatMap(([name, attribute]): ShapeField[] => {
    if (!isPopulatable(attribute)) return [{ name, kind: 'scalar', attribute }];
    const node = Object.hasOwn(tree, name) ? tree[name] : undefined;
    return node === undefined ? [] : populatedField(name, attribute, node, models);
  });
  return { model, row, fields };
}

function populatedField(
  name: string,
  attribute: Attribute,
  node: PopulateNode,
  models: ContentModels,
): ShapeField[] {
  const component = (uid: string, { populate }: PopulateNode): EntryShape[] => {
    const model = models.get(uid);
    return model === undefined ? [] : [shapeOf(model, populate ?? {}, models, 'component')];
  };
  if (attribute.type === 'dynamiczone') {
    const shapes = (attribute.components ?? []).flatMap((uid) => component(uid, node.on?.[uid] ?? {}));
    return [{ name, kind: 'zone', attribute, shapes }];
  }
  const kind = isMany(attribute) ? 'many' : 'one';
  if (attribute.type === 'component') {
    return component(attribute.component ?? '', node).map((shape) => ({ name, kind, attribute, shape }));
  }
  const target = models.get(targetOf(attribute));
  if (target === undefined) return [];
  return [{ name, kind, attribute, shape: shapeOf(target, node.populate ?? {}, models) }];
}

/** Uid of the target of a relation or a media attribute. */
export const targetOf = ({ type, target }: Attribute): string =>
  type === 'media' ? fileUid : (target ?? '');

/** The part of an entry within its shape: data read for another event is left out. */
export function trimEntry(entry: Entry, { fields, row }: EntryShape): Record<string, unknown> {
  const trimmed: Record<string, unknown> = {};
  for (const key of row === 'entry' ? ['id', 'documentId'] : ['__component', 'id']) {
    if (entry[key] !== undefined) trimmed[key] = entry[key];
  }
  for (const field of fields) {
    const value = entry[field.name] === undefined ? emptyOf(field) : entry[field.name];
    if (value !== undefined) trimmed[field.name] = trimValue(value, field);
  }
  return trimmed;
}

/** Strapi may omit an empty polymorphic relation. Anything else missing was not read. */
function emptyOf({ kind, attribute }: ShapeField): unknown {
  if (!attribute.relation?.startsWith('morph')) return undefined;
  return kind === 'one' ? null : [];
}

/** The same of a part of an entry, as of its previous values: nothing is added that is not there. */
export function trimPart(part: Entry, { fields }: EntryShape): Record<string, unknown> {
  const known = fields.filter(({ name }) => Object.hasOwn(part, name));
  return Object.fromEntries(known.map((field) => [field.name, trimValue(part[field.name], field)]));
}

function trimValue(value: unknown, field: ShapeField): unknown {
  if (field.kind === 'scalar' || field.kind === 'references' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => trimValue(item, field));
  if (!isEntry(value)) return value;
  if (field.kind !== 'zone') return trimEntry(value, field.shape);
  const shape = zoneShape(value, field.shapes);
  return shape === undefined ? value : trimEntry(value, shape);
}

/** The entry's own to-many relations that can be counted. */
export const manyRelationsOf = ({ fields }: EntryShape): string[] =>
  fields
    .filter(
      ({ kind, attribute }) =>
        kind === 'many' && attribute.type === 'relation' && !isPolymorphicRelation(attribute),
    )
    .map(({ name }) => name);

export const isPolymorphicRelation = ({ relation }: Attribute): boolean => /^morph/.test(relation ?? '');

/**
 * The entry with lists of related entries cut to `limit`, including components and zones. `truncated` has the
 * true length of the cut ones, by their path: `blocks.0.products`.
 *
 * @param known the true length of lists that were cut before
 */
export function cutLists(
  entry: Entry,
  shape: EntryShape,
  limit: number,
  known: Readonly<Record<string, number>> = {},
): { entry: Record<string, unknown>; truncated: Record<string, number> } {
  const truncated: Record<string, number> = {};
  const cut = (value: unknown, field: ShapeField, path: string): unknown => {
    if (field.kind === 'scalar' || field.kind === 'references') return value;
    if (Array.isArray(value)) {
      const most = mostOf(field, limit);
      const kept: unknown[] = value.length > most ? value.slice(0, most) : value;
      const length = known[path] ?? value.length;
      if (length > kept.length) truncated[path] = length;
      return kept.map((item, index) => cut(item, field, `${path}.${index}`));
    }
    if (!isEntry(value)) return value;
    const inner = field.kind === 'zone' ? zoneShape(value, field.shapes) : field.shape;
    return inner === undefined ? value : within(value, inner, `${path}.`);
  };
  const within = (item: Entry, { fields }: EntryShape, prefix: string): Record<string, unknown> => {
    const copy: Record<string, unknown> = { ...item };
    for (const field of fields) {
      if (field.kind !== 'scalar' && copy[field.name] !== undefined)
        copy[field.name] = cut(copy[field.name], field, `${prefix}${field.name}`);
    }
    return copy;
  };
  return { entry: within(entry, shape, ''), truncated };
}

/** Lists of components and of files are sent as a whole. */
function mostOf(field: ShapeField, limit: number): number {
  if (field.attribute.type !== 'relation') return Infinity;
  return field.kind === 'many' ? Math.min(limit, field.limit ?? limit) : limit;
}

/** The shape of this component of a dynamic zone. */
export const zoneShape = (component: Entry, shapes: readonly EntryShape[]): EntryShape | undefined =>
  shapes.find(({ model }) => model.uid === component['__component']);

export const isEntry = (value: unknown): value is Entry =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
