import {
  fieldTreeLimits,
  type FieldModel,
  type FieldModelAttribute,
  type FieldTree,
} from '../../../../contracts';
import type { Edited, Gone } from './changes';
import { own, scalarsOf, treeAt, type Models, type PartAttribute, type Place } from './models';
import { countOf, countOfPart, hasField, tickOfPart, tickOfTree, type Count, type Tick } from './ticks';

interface OfRow {
  /** `author.name`, `blocks[blocks.hero].title`. */
  key: string;
  /** Of the tree in which it is ticked. */
  place: Place;
  /** The readable name of each part of the way to it. */
  labels: readonly string[];
}

/** A line of the tree as it is shown. */
export type TreeRow = OfRow &
  (
    | { kind: 'all'; tick: Tick }
    | { kind: 'field'; tick: Tick; attribute: FieldModelAttribute }
    | {
        kind: 'part';
        tick: Tick;
        attribute: PartAttribute;
        isOpen: boolean;
        count: Count;
        limit: number | undefined;
      }
    | { kind: 'component'; tick: Tick; zone: string; model: FieldModel; isOpen: boolean; count: Count }
    /** It would lead deeper than a tree may be. */
    | { kind: 'too_deep'; attribute: FieldModelAttribute }
    | { kind: 'gone'; gone: Gone }
  );

const keyOfPlace = (place: Place): string =>
  place.map(({ part, on }) => (on === undefined ? `${part}.` : `${part}[${on}].`)).join('');

/** The key of an attribute of the tree at a place. */
export const keyOf = (place: Place, name: string): string => `${keyOfPlace(place)}${name}`;

/** The key of a component of a dynamic zone. */
export const keyOfComponent = (place: Place, zone: string, uid: string): string =>
  `${keyOf(place, zone)}[${uid}]`;

/** What is ticked in a tree and its model has no more. */
export function goneIn(models: Models, model: FieldModel | undefined, tree: FieldTree | undefined): Gone[] {
  if (!tree) return [];
  const attributes = new Map((model?.attributes ?? []).map((attribute) => [attribute.name, attribute]));
  const kindOf = (name: string) => attributes.get(name)?.kind;
  const fields = tree.fields === 'all' ? [] : tree.fields.filter((name) => kindOf(name) !== 'scalar');
  const parts = Object.entries(tree.parts).flatMap(([name, { on }]): Gone[] => {
    const kind = kindOf(name);
    const fits = on === undefined ? kind === 'one' || kind === 'many' : kind === 'zone';
    if (!fits) return [{ name, kind: 'part' }];
    const known = attributes.get(name)?.components ?? [];
    return Object.keys(on ?? {})
      .filter((uid) => !known.includes(uid) || own(models, uid) === undefined)
      .map((uid) => ({ name: uid, kind: 'component', zone: name }));
  });
  return [...fields.map((name): Gone => ({ name, kind: 'field' })), ...parts];
}

export interface Shown {
  /** What is unfolded. */
  isOpen: (key: string) => boolean;
  /** Only these, as a search has found them; undefined: all. */
  only?: ReadonlySet<string>;
}

/** The lines that are in sight: those of the entry, and of what is unfolded. */
export function rowsOf(edited: Edited, shown: Shown): TreeRow[] {
  return rowsAt(edited, shown, edited.uid, [], []);
}

function rowsAt(
  edited: Edited,
  shown: Shown,
  uid: string,
  place: Place,
  labels: readonly string[],
): TreeRow[] {
  const { models } = edited;
  const model = own(models, uid);
  const tree = treeAt(edited.tree, place);
  const isShown = (key: string) => !shown.only || shown.only.has(key);

  const gone = goneIn(models, model, tree).map((one): TreeRow => ({
    kind: 'gone',
    gone: one,
    key: `${keyOf(place, one.zone ?? one.name)}${one.zone === undefined ? '' : `[${one.name}]`}!`,
    place,
    labels: [...labels, one.zone === undefined ? one.name : `${one.zone}: ${one.name}`],
  }));
  const all: TreeRow = {
    kind: 'all',
    tick: tree?.fields === 'all' ? 'checked' : 'unchecked',
    key: keyOf(place, '*'),
    place,
    labels,
  };
  const rows = (model?.attributes ?? []).flatMap((attribute): TreeRow[] => {
    const at = { key: keyOf(place, attribute.name), place, labels: [...labels, attribute.label] };
    if (!isShown(at.key)) return [];
    if (attribute.kind === 'scalar') {
      return [
        { ...at, kind: 'field', tick: hasField(tree, attribute.name) ? 'checked' : 'unchecked', attribute },
      ];
    }
    if (place.length >= fieldTreeLimits.depth) return [{ ...at, kind: 'too_deep', attribute }];
    return partRows(edited, shown, attribute as PartAttribute, at);
  });
  const hasAll = scalarsOf(model).length > 1 && !shown.only;
  return [...(hasAll ? [all] : []), ...rows, ...(shown.only ? [] : gone)];
}

function partRows(edited: Edited, shown: Shown, attribute: PartAttribute, at: OfRow): TreeRow[] {
  const { models } = edited;
  const { place, key, labels } = at;
  const part = own(treeAt(edited.tree, place)?.parts, attribute.name);
  const isOpen = shown.isOpen(key);
  const row: TreeRow = {
    ...at,
    kind: 'part',
    tick: tickOfPart(models, attribute, part, place.length),
    attribute,
    isOpen,
    count: countOfPart(models, attribute, part, place.length),
    limit: part?.limit,
  };
  if (!isOpen) return [row];
  if (attribute.kind !== 'zone') {
    const inner = [...place, { part: attribute.name }];
    return [row, ...rowsAt(edited, shown, attribute.target ?? '', inner, labels)];
  }
  const components = (attribute.components ?? []).flatMap((uid): TreeRow[] => {
    const model = own(models, uid);
    const ownKey = keyOfComponent(place, attribute.name, uid);
    if (!model || (shown.only && !shown.only.has(ownKey))) return [];
    const tree = own(part?.on, uid);
    const ownLabels = [...labels, model.name];
    const isUnfolded = shown.isOpen(ownKey);
    const component: TreeRow = {
      kind: 'component',
      key: ownKey,
      place,
      labels: ownLabels,
      tick: tickOfTree(models, uid, tree, place.length + 1),
      zone: attribute.name,
      model,
      isOpen: isUnfolded,
      count: countOf(models, uid, tree, place.length + 1),
    };
    if (!isUnfolded) return [component];
    const inner = [...place, { part: attribute.name, on: uid }];
    return [component, ...rowsAt(edited, shown, uid, inner, ownLabels)];
  });
  return [row, ...components];
}
