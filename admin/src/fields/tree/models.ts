import {
  fieldTreeLimits,
  type FieldModel,
  type FieldModelAttribute,
  type FieldModels,
  type FieldTree,
} from '../../../../contracts';

export type Models = FieldModels['models'];

/** An attribute that leads further. */
export type PartAttribute = FieldModelAttribute & { kind: 'one' | 'many' | 'zone' };

/** One step from a tree to another: a relation, a file or a component; of a dynamic zone one of its components. */
export interface Step {
  part: string;
  on?: string;
}

/** The way from the entry to one of its trees; empty: the entry itself. */
export type Place = readonly Step[];

export const emptyTree: FieldTree = { fields: [], parts: {} };

/** Names of attributes are chosen by site builders: `constructor` is one. */
export const own = <Value>(record: { [name: string]: Value } | undefined, name: string): Value | undefined =>
  record && Object.hasOwn(record, name) ? record[name] : undefined;

export const scalarsOf = (model: FieldModel | undefined): FieldModelAttribute[] =>
  (model?.attributes ?? []).filter(({ kind }) => kind === 'scalar');

const isPart = (attribute: FieldModelAttribute): attribute is PartAttribute => attribute.kind !== 'scalar';

/** What leads further from a tree at this depth: nothing from the deepest one. */
export const partsOf = (model: FieldModel | undefined, depth: number): PartAttribute[] =>
  depth < fieldTreeLimits.depth ? (model?.attributes ?? []).filter(isPart) : [];

/** What belongs to the entry itself, unlike a relation: it is ticked together with the rest. */
export const belongs = ({ type }: FieldModelAttribute): boolean => type !== 'relation';

/** The tree at a place, or undefined where nothing on the way is ticked. */
export const treeAt = (root: FieldTree | undefined, place: Place): FieldTree | undefined =>
  place.reduce<FieldTree | undefined>((tree, { part, on }) => {
    const found = own(tree?.parts, part);
    return on === undefined ? found?.tree : own(found?.on, on);
  }, root);

/** Everything of a model that is sent by one tick: all its fields, files and components, and no relations. */
export function wholeTree(models: Models, uid: string, depth: number): FieldTree {
  const parts = partsOf(own(models, uid), depth).filter(belongs);
  return {
    fields: 'all',
    parts: Object.fromEntries(
      parts.map((attribute) => [attribute.name, wholePart(models, attribute, depth)]),
    ),
  };
}

/** An attribute of a tree at `depth` as one tick sends it. */
export function wholePart(
  models: Models,
  { kind, target = '', components = [] }: PartAttribute,
  depth: number,
): FieldTree['parts'][string] {
  if (kind !== 'zone') return { tree: wholeTree(models, target, depth + 1) };
  return { on: Object.fromEntries(components.map((uid) => [uid, wholeTree(models, uid, depth + 1)])) };
}
