import { fieldTreeLimits } from '../../../contracts';
import type { FieldTree, FieldTreePart } from '../../../contracts';
import { fileUid, isMany, visibleAttributes } from './content-model';
import type { Attribute, ContentModel, ContentModels } from './content-model';
import { defaultPopulate, isPopulatable, targetOf, usesName } from './entry-shape';
import type { EntryShape, PopulateNode, PopulateTree, ShapeField } from './entry-shape';

/**
 * The shape of an entry of which only the ticked fields are sent. Reading, schema, sample and sending are derived from
 * it, as from the shape of a whole entry. What a tree names and the content type no longer has is left out.
 */
export function treeShape(model: ContentModel, tree: FieldTree, models: ContentModels): EntryShape {
  const shape = partShape(model, tree, models, 'entry');
  const uses = model.attributes[usesName];
  // The entries that use a file are told with the file itself.
  const tellsUses = model.uid === fileUid && (tree.fields === 'all' || tree.fields.includes(usesName));
  if (!tellsUses || uses === undefined) return shape;
  return { ...shape, fields: [...shape.fields, { name: usesName, kind: 'references', attribute: uses }] };
}

function partShape(
  model: ContentModel,
  { fields, parts }: FieldTree,
  models: ContentModels,
  row: EntryShape['row'],
): EntryShape {
  const own = fields === 'all' ? null : new Set(fields);
  return {
    ...{ model, row },
    fields: visibleAttributes(model, models).flatMap(([name, attribute]): ShapeField[] => {
      if (!isPopulatable(attribute))
        return own === null || own.has(name) ? [{ name, kind: 'scalar', attribute }] : [];
      const part = Object.hasOwn(parts, name) ? parts[name] : undefined;
      return part === undefined ? [] : partField(name, attribute, part, models);
    }),
  };
}

const nothing: FieldTree = { fields: [], parts: {} };

function partField(
  name: string,
  attribute: Attribute,
  { tree, on, limit }: FieldTreePart,
  models: ContentModels,
): ShapeField[] {
  if (attribute.type === 'dynamiczone') {
    if (on === undefined) return [];
    const shapes = (attribute.components ?? []).flatMap((uid) => {
      const model = models.get(uid);
      const inner = Object.hasOwn(on, uid) ? on[uid] : undefined;
      return model === undefined ? [] : [partShape(model, inner ?? nothing, models, 'component')];
    });
    return [{ name, kind: 'zone', attribute, shapes }];
  }
  const isComponent = attribute.type === 'component';
  const target = models.get(isComponent ? (attribute.component ?? '') : targetOf(attribute));
  if (target === undefined || tree === undefined) return [];
  const shape = partShape(target, tree, models, isComponent ? 'component' : 'entry');
  if (!isMany(attribute)) return [{ name, kind: 'one', attribute, shape }];
  return [{ name, kind: 'many', attribute, shape, ...(limit !== undefined && { limit }) }];
}

/** What must be read with an entry to have everything of this shape. */
export function populateOfShape({ fields }: EntryShape): PopulateTree {
  const tree: PopulateTree = {};
  for (const field of fields) {
    if (field.kind === 'zone')
      tree[field.name] = {
        on: Object.fromEntries(
          field.shapes.map((shape) => [shape.model.uid, { populate: populateOfShape(shape) }]),
        ),
      };
    else if (field.kind === 'one' || field.kind === 'many')
      tree[field.name] = { populate: populateOfShape(field.shape) };
  }
  return tree;
}

/** A tree with the ticks of all of these: what is read once for several webhooks. */
export const unionOfTrees = (trees: readonly FieldTree[]): FieldTree =>
  trees.reduce<FieldTree | null>((all, tree) => (all === null ? tree : bothTrees(all, tree)), null) ??
  nothing;

const bothTrees = (one: FieldTree, other: FieldTree): FieldTree => ({
  fields:
    one.fields === 'all' || other.fields === 'all' ? 'all' : [...new Set([...one.fields, ...other.fields])],
  parts: both(one.parts, other.parts, bothParts),
});

function bothParts(one: FieldTreePart, other: FieldTreePart): FieldTreePart {
  const tree = one.tree && other.tree ? bothTrees(one.tree, other.tree) : (one.tree ?? other.tree);
  const on = one.on && other.on ? both(one.on, other.on, bothTrees) : (one.on ?? other.on);
  // Without a limit as many are sent as there may be.
  const limit =
    one.limit === undefined || other.limit === undefined ? undefined : Math.max(one.limit, other.limit);
  return { ...(tree && { tree }), ...(on && { on }), ...(limit !== undefined && { limit }) };
}

function both<T>(
  one: Readonly<Record<string, T>>,
  other: Readonly<Record<string, T>>,
  merge: (one: T, other: T) => T,
): Record<string, T> {
  const merged = new Map(Object.entries(one));
  for (const [name, value] of Object.entries(other)) {
    const known = merged.get(name);
    merged.set(name, known === undefined ? value : merge(known, value));
  }
  return Object.fromEntries(merged);
}

/** Whether entries of the outer shape have everything of the inner one, both of the same content type. */
export function isWithin(inner: EntryShape, outer: EntryShape): boolean {
  return inner.fields.every((field) => {
    const known = outer.fields.find(({ name }) => name === field.name);
    if (known === undefined) return false;
    if (field.kind === 'zone' && known.kind === 'zone')
      return field.shapes.every((shape) => {
        const same = known.shapes.find(({ model }) => model.uid === shape.model.uid);
        return same !== undefined && isWithin(shape, same);
      });
    return 'shape' in field && 'shape' in known ? isWithin(field.shape, known.shape) : true;
  });
}

/**
 * What is sent of a content type without a tree, as a tree. Components that are nested deeper than a tree can lead end
 * there.
 */
export const defaultFieldTree = (model: ContentModel, models: ContentModels): FieldTree =>
  treeOf(defaultPopulate(model, models), fieldTreeLimits.depth);

/** What is read with an entry as a tree, with all plain attributes of everything in it. */
function treeOf(populate: PopulateTree, depth: number): FieldTree {
  if (depth === 0) return { fields: 'all', parts: {} };
  const inner = (node: PopulateNode): FieldTree => treeOf(node.populate ?? {}, depth - 1);
  const part = (node: PopulateNode): FieldTreePart =>
    node.on === undefined
      ? { tree: inner(node) }
      : { on: Object.fromEntries(Object.entries(node.on).map(([uid, one]) => [uid, inner(one)])) };
  return {
    fields: 'all',
    parts: Object.fromEntries(Object.entries(populate).map(([name, node]) => [name, part(node)])),
  };
}
