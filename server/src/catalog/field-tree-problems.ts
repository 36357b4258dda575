import type { FieldTree, FieldTreePart, FieldTrees } from '../../../contracts';
import { fileUid, isMany, visibleAttributes } from './content-model';
import type { Attribute, ContentModel, ContentModels } from './content-model';
import { isPopulatable, leadsSomewhere, targetOf, usesName } from './entry-shape';

/** Why a tick cannot be, or can no longer be. */
export interface FieldTreeProblem {
  /** Its place in the input: `['api::page.page', 'parts', 'blocks', 'on', 'shared.hero', 'fields', '2']`. */
  path: string[];
  message: string;
  /** As a person reads it: `Page › blocks › Hero › title`. */
  place: string;
}

/** Where the walk stands: its place in the input, and in words. */
interface Place {
  path: readonly string[];
  words: readonly string[];
}

const at = ({ path, words }: Place, steps: readonly string[], ...more: string[]): Place => ({
  path: [...path, ...steps],
  words: [...words, ...more],
});

const problem = ({ path, words }: Place, message: string): FieldTreeProblem => ({
  path: [...path],
  message,
  place: words.join(' › '),
});

/** What of these trees names no field that can be sent. The same for what is entered and for what has gone since. */
export const fieldTreesProblems = (trees: FieldTrees, models: ContentModels): FieldTreeProblem[] =>
  Object.entries(trees).flatMap(([uid, tree]) => {
    const model = models.get(uid);
    const place = { path: [uid], words: [] };
    if (model?.info.singularName === undefined)
      return [problem({ ...place, words: [uid] }, `"${uid}" is not a content type of this Strapi`)];
    return fieldTreeProblems(tree, model, models).map((one) => ({ ...one, path: [uid, ...one.path] }));
  });

/** The same of one tree of a content type. */
export function fieldTreeProblems(
  tree: FieldTree,
  model: ContentModel,
  models: ContentModels,
): FieldTreeProblem[] {
  const place = { path: [], words: [model.info.displayName] };
  const usesOfFile = model.uid === fileUid ? [usesName] : [];
  return within(tree, model, models, place, new Set(usesOfFile));
}

function within(
  { fields, parts }: FieldTree,
  model: ContentModel,
  models: ContentModels,
  place: Place,
  also: ReadonlySet<string> = new Set(),
): FieldTreeProblem[] {
  const visible = new Map(visibleAttributes(model, models));
  const where = `${model.info.displayName} (${model.uid})`;
  const missing = (name: string): string =>
    Object.hasOwn(model.attributes, name)
      ? `"${name}" of ${where} is private and cannot be sent`
      : `"${name}" is not a field of ${where}`;
  const own = fields === 'all' ? [] : fields.filter((name) => !also.has(name));
  return [
    ...own.flatMap((name) => {
      const here = at(place, ['fields', String(fields.indexOf(name))], name);
      const attribute = visible.get(name);
      if (attribute === undefined) return [problem(here, missing(name))];
      return isPopulatable(attribute)
        ? [problem(here, `"${name}" of ${where} leads further: choose its fields in parts`)]
        : [];
    }),
    ...Object.entries(parts).flatMap(([name, part]) => {
      const here = at(place, ['parts', name], name);
      const attribute = visible.get(name);
      if (attribute === undefined) return [problem(here, missing(name))];
      if (!isPopulatable(attribute)) return [problem(here, `"${name}" of ${where} has no fields of its own`)];
      if (!leadsSomewhere(attribute, models))
        return [problem(here, `"${name}" of ${where} leads to what is not there`)];
      return partProblems(part, attribute, models, here);
    }),
  ];
}

function partProblems(
  { tree, on, limit }: FieldTreePart,
  attribute: Attribute,
  models: ContentModels,
  place: Place,
): FieldTreeProblem[] {
  const name = place.words.at(-1) ?? '';
  const isLimited = attribute.type === 'relation' && isMany(attribute);
  const limits =
    limit === undefined || isLimited
      ? []
      : [problem(at(place, ['limit']), `"${name}" is no relation to many, and has no limit`)];
  if (attribute.type === 'dynamiczone') {
    if (on === undefined)
      return [
        ...limits,
        problem(place, `"${name}" is a dynamic zone: choose fields of its components in on`),
      ];
    return [
      ...limits,
      ...Object.entries(on).flatMap(([uid, inner]) => {
        const component = attribute.components?.includes(uid) === true ? models.get(uid) : undefined;
        if (component === undefined)
          return [problem(at(place, ['on', uid], uid), `"${uid}" is not a component of "${name}"`)];
        return within(inner, component, models, at(place, ['on', uid], component.info.displayName));
      }),
    ];
  }
  const target = models.get(
    attribute.type === 'component' ? (attribute.component ?? '') : targetOf(attribute),
  );
  if (tree === undefined || target === undefined)
    return [...limits, problem(place, `"${name}" is no dynamic zone: choose its fields in tree`)];
  return [...limits, ...within(tree, target, models, at(place, ['tree']))];
}
