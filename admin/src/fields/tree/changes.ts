import type { FieldTree, FieldTreePart } from '../../../../contracts';
import {
  emptyTree,
  own,
  scalarsOf,
  treeAt,
  wholePart,
  wholeTree,
  type Models,
  type PartAttribute,
  type Place,
} from './models';

/** A tree, and the models that it is about: what a change begins with. */
export interface Edited {
  models: Models;
  /** Of the content type. */
  uid: string;
  tree: FieldTree;
}

const without = <Value>(record: { [name: string]: Value } | undefined, name: string) =>
  Object.fromEntries(Object.entries(record ?? {}).filter(([key]) => key !== name));

/** With another tree at a place; what leads there is ticked with it. */
function withTreeAt(
  tree: FieldTree | undefined,
  [step, ...rest]: Place,
  change: (tree: FieldTree) => FieldTree,
): FieldTree {
  const base = tree ?? emptyTree;
  if (!step) return change(base);
  const part = own(base.parts, step.part);
  const limited = part?.limit === undefined ? {} : { limit: part.limit };
  const next: FieldTreePart =
    step.on === undefined
      ? { ...limited, tree: withTreeAt(part?.tree, rest, change) }
      : { on: { ...part?.on, [step.on]: withTreeAt(own(part?.on, step.on), rest, change) } };
  return { ...base, parts: { ...base.parts, [step.part]: next } };
}

const withPart =
  (name: string, part: FieldTreePart | null) =>
  (tree: FieldTree): FieldTree => ({
    ...tree,
    parts: part ? { ...tree.parts, [name]: part } : without(tree.parts, name),
  });

/** What is ticked in either. */
function united(a: FieldTree, b: FieldTree): FieldTree {
  const names = [...new Set([...Object.keys(a.parts), ...Object.keys(b.parts)])];
  return {
    fields: a.fields === 'all' || b.fields === 'all' ? 'all' : [...new Set([...a.fields, ...b.fields])],
    parts: Object.fromEntries(
      names.map((name) => [name, unitedPart(own(a.parts, name), own(b.parts, name))]),
    ),
  };
}

function unitedPart(a: FieldTreePart | undefined, b: FieldTreePart | undefined): FieldTreePart {
  if (!a || !b) return a ?? b ?? { tree: emptyTree };
  if (a.tree && b.tree) return { ...a, tree: united(a.tree, b.tree) };
  const uids = [...new Set([...Object.keys(a.on ?? {}), ...Object.keys(b.on ?? {})])];
  return {
    on: Object.fromEntries(
      uids.map((uid) => [uid, united(own(a.on, uid) ?? emptyTree, own(b.on, uid) ?? emptyTree)]),
    ),
  };
}

/** Whether everything of `whole` is ticked in `tree` too; `fields: 'all'` is, where all names there are now are. */
function covers(models: Models, uid: string, tree: FieldTree, whole: FieldTree): boolean {
  const names = whole.fields === 'all' ? scalarsOf(own(models, uid)).map(({ name }) => name) : whole.fields;
  if (tree.fields !== 'all' && !names.every((name) => tree.fields.includes(name))) return false;
  return (own(models, uid)?.attributes ?? []).every(({ name, target = '' }) => {
    const wanted = own(whole.parts, name);
    return !wanted || coversPart(models, target, own(tree.parts, name), wanted);
  });
}

function coversPart(
  models: Models,
  target: string,
  part: FieldTreePart | undefined,
  whole: FieldTreePart,
): boolean {
  if (!part) return false;
  if (whole.tree) return part.tree !== undefined && covers(models, target, part.tree, whole.tree);
  return Object.entries(whole.on ?? {}).every(([uid, wanted]) => {
    const found = own(part.on, uid);
    return found !== undefined && covers(models, uid, found, wanted);
  });
}

/** The uid of the model of a place. */
function modelAt({ models, uid }: Edited, place: Place): string {
  return place.reduce((at, { part, on }) => {
    if (on !== undefined) return on;
    return own(models, at)?.attributes.find(({ name }) => name === part)?.target ?? '';
  }, uid);
}

/** Ticks a field of its own, or takes the tick away; of `all` the others stay, by name. */
export function toggleField(edited: Edited, place: Place, name: string): FieldTree {
  return withTreeAt(edited.tree, place, (tree) => {
    const { fields } = tree;
    if (fields !== 'all') {
      const isTicked = fields.includes(name);
      return { ...tree, fields: isTicked ? fields.filter((other) => other !== name) : [...fields, name] };
    }
    const names = scalarsOf(own(edited.models, modelAt(edited, place))).map((scalar) => scalar.name);
    return { ...tree, fields: names.filter((other) => other !== name) };
  });
}

/** All fields of a level, also those that the content type gets later; or those that it has now, by name. */
export function toggleAll(edited: Edited, place: Place): FieldTree {
  return withTreeAt(edited.tree, place, (tree) => {
    const names = scalarsOf(own(edited.models, modelAt(edited, place))).map(({ name }) => name);
    return { ...tree, fields: tree.fields === 'all' ? names : 'all' };
  });
}

/** Ticks everything of a relation, file, component or zone; if all of it is ticked, nothing of it. */
export function togglePart(edited: Edited, place: Place, attribute: PartAttribute): FieldTree {
  const { models, tree: root } = edited;
  const whole = wholePart(models, attribute, place.length);
  const part = own(treeAt(root, place)?.parts, attribute.name);
  const isWhole = coversPart(models, attribute.target ?? '', part, whole);
  const next = isWhole ? null : unitedPart(part, whole);
  return withTreeAt(root, place, withPart(attribute.name, next));
}

/** The same for one component of a dynamic zone. The zone itself goes with its last one. */
export function toggleComponent(edited: Edited, place: Place, zone: string, uid: string): FieldTree {
  const { models, tree: root } = edited;
  const whole = wholeTree(models, uid, place.length + 1);
  const on = own(treeAt(root, place)?.parts, zone)?.on;
  const found = own(on, uid);
  if (!found || !covers(models, uid, found, whole)) {
    const next = { on: { ...on, [uid]: united(found ?? emptyTree, whole) } };
    return withTreeAt(root, place, withPart(zone, next));
  }
  const left = without(on, uid);
  return withTreeAt(root, place, withPart(zone, Object.keys(left).length > 0 ? { on: left } : null));
}

/** How many entries of a relation to many are sent; undefined: as many as by default. Nothing where it is not ticked. */
export function withLimit(tree: FieldTree, place: Place, name: string, limit: number | undefined): FieldTree {
  const part = own(treeAt(tree, place)?.parts, name);
  if (!part) return tree;
  const { limit: _before, ...rest } = part;
  return withTreeAt(tree, place, withPart(name, limit === undefined ? rest : { ...rest, limit }));
}

/** What is ticked and is no longer there. `zone`: of which `name` is a component. */
export interface Gone {
  name: string;
  kind: 'field' | 'part' | 'component';
  zone?: string;
}

/** Without what is no longer there. */
export function withoutGone(tree: FieldTree, place: Place, { name, kind, zone }: Gone): FieldTree {
  return withTreeAt(tree, place, (at) => {
    if (kind === 'part') return withPart(name, null)(at);
    if (kind === 'component' && zone !== undefined) {
      return withPart(zone, { on: without(own(at.parts, zone)?.on, name) })(at);
    }
    return at.fields === 'all' ? at : { ...at, fields: at.fields.filter((other) => other !== name) };
  });
}
