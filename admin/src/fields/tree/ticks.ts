import type { FieldTree, FieldTreePart } from '../../../../contracts';
import { own, partsOf, scalarsOf, type Models, type PartAttribute } from './models';

/** `mixed`: some of what is below it is ticked, or it is sent with its ids alone. */
export type Tick = 'checked' | 'unchecked' | 'mixed';

/** Whether a field of its own is ticked in a tree. */
export const hasField = (tree: FieldTree | undefined, name: string): boolean =>
  tree !== undefined && (tree.fields === 'all' || tree.fields.includes(name));

/** Of everything that can be ticked in a model. `tree`: what of it is ticked; undefined: not even its ids. */
export function tickOfTree(models: Models, uid: string, tree: FieldTree | undefined, depth: number): Tick {
  if (!tree) return 'unchecked';
  const model = own(models, uid);
  const isWhole =
    scalarsOf(model).every(({ name }) => hasField(tree, name)) &&
    partsOf(model, depth).every(
      (attribute) => tickOfPart(models, attribute, own(tree.parts, attribute.name), depth) === 'checked',
    );
  return isWhole ? 'checked' : 'mixed';
}

/** Of an attribute in a tree at `depth` that leads further. */
export function tickOfPart(
  models: Models,
  { kind, target = '', components = [] }: PartAttribute,
  part: FieldTreePart | undefined,
  depth: number,
): Tick {
  if (!part) return 'unchecked';
  if (kind !== 'zone') return tickOfTree(models, target, part.tree, depth + 1);
  const isWhole = components.every(
    (uid) => tickOfTree(models, uid, own(part.on, uid), depth + 1) === 'checked',
  );
  return isWhole ? 'checked' : 'mixed';
}

export interface Count {
  ticked: number;
  total: number;
}

const sum = (counts: readonly Count[]): Count => ({
  ticked: counts.reduce((all, { ticked }) => all + ticked, 0),
  total: counts.reduce((all, { total }) => all + total, 0),
});

/** How many fields are ticked, of how many; of a relation or file that is not ticked only its own fields are counted. */
export function countOf(models: Models, uid: string, tree: FieldTree | undefined, depth = 0): Count {
  const model = own(models, uid);
  const scalars = scalarsOf(model);
  const ticked = scalars.filter(({ name }) => hasField(tree, name)).length;
  const parts = partsOf(model, depth).map((attribute) =>
    countOfPart(models, attribute, own(tree?.parts, attribute.name), depth),
  );
  return sum([{ ticked, total: scalars.length }, ...parts]);
}

/** Of an attribute that leads further. */
export function countOfPart(
  models: Models,
  { kind, type, target = '', components = [] }: PartAttribute,
  part: FieldTreePart | undefined,
  depth: number,
): Count {
  if (kind === 'zone') {
    return sum(components.map((uid) => countOf(models, uid, own(part?.on, uid), depth + 1)));
  }
  if (part || type === 'component') return countOf(models, target, part?.tree, depth + 1);
  return { ticked: 0, total: scalarsOf(own(models, target)).length };
}
