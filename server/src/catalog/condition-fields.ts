import type { ConditionField, ConditionFieldType, ConditionSubject } from '../../../contracts';
import { comparableOf } from './comparable';
import { fileUid, hasDrafts, isLocalized, isMany, visibleAttributes } from './content-model';
import type { Attribute, ContentModel, ContentModels } from './content-model';
import { isPopulatable, mergePopulate, targetOf } from './entry-shape';
import type { PopulateTree } from './entry-shape';
import { resolvePath } from './field-path';
import type { ComparableField } from './types';

/** `customer.company.country`: further relations are found by few, and each step multiplies the choice. */
const relationSteps = 2;

/**
 * What conditions can compare in the events of a content type: its own attributes, and those behind to-one relations,
 * single components and single files. Without passwords and private attributes.
 *
 * @param locales codes of the installation's locales; an entry without locales has none of them.
 */
export function conditionSubject(
  model: ContentModel,
  models: ContentModels,
  locales: readonly string[] = [],
): ConditionSubject {
  return {
    uid: model.uid,
    name: model.info.displayName,
    draftAndPublish: hasDrafts(model),
    locales: isLocalized(model) ? locales : [],
    fields: fieldsWithin(model, models, { path: [], steps: 0, above: [model.uid] }),
  };
}

/** Where the walk stands. `above`: the components around it, which may contain each other. */
interface Place {
  path: readonly string[];
  steps: number;
  above: readonly string[];
}

function fieldsWithin(model: ContentModel, models: ContentModels, place: Place): ConditionField[] {
  return visibleAttributes(model, models)
    .filter(([name]) => isOffered(name, model))
    .flatMap(([name, attribute]) => {
      const path = [...place.path, name];
      return [fieldOf(path, attribute), ...fieldsBehind(attribute, models, { ...place, path })];
    });
}

/** The locale is compared as a part of the change; without drafts, Strapi fills in `publishedAt` by itself. */
const isOffered = (name: string, model: ContentModel): boolean =>
  name !== 'locale' && (name !== 'publishedAt' || hasDrafts(model));

function fieldOf(path: readonly string[], attribute: Attribute): ConditionField {
  const type = typeOf(attribute);
  return {
    path: path.join('.'),
    labels: path.map(labelOf),
    type,
    ...(type === 'enumeration' && { options: attribute.enum ?? [] }),
    ...(type === 'relation' && { target: targetOf(attribute) }),
  };
}

function fieldsBehind(attribute: Attribute, models: ContentModels, place: Place): ConditionField[] {
  const target = targetModel(attribute, models);
  if (target === undefined) return [];
  if (attribute.type === 'component') {
    if (place.above.includes(target.uid)) return [];
    return fieldsWithin(target, models, { ...place, above: [...place.above, target.uid] });
  }
  if (place.steps === relationSteps) return [];
  // What a file leads to says nothing about the entry.
  const steps = target.uid === fileUid ? relationSteps : place.steps + 1;
  const fields = fieldsWithin(target, models, { path: place.path, steps, above: [target.uid] });
  return target.uid === fileUid
    ? fields.filter(({ type }) => type !== 'relation' && type !== 'other')
    : fields;
}

/** The content type or component that a path can go on to: of a single one only. */
function targetModel(attribute: Attribute, models: ContentModels): ContentModel | undefined {
  if (!isPopulatable(attribute) || attribute.type === 'dynamiczone' || isMany(attribute)) return undefined;
  return models.get(attribute.type === 'component' ? (attribute.component ?? '') : targetOf(attribute));
}

const scalarTypes: Readonly<Record<string, ConditionFieldType>> = {
  string: 'text',
  text: 'text',
  uid: 'text',
  email: 'text',
  integer: 'number',
  biginteger: 'number',
  float: 'number',
  decimal: 'number',
  timestamp: 'number',
  boolean: 'boolean',
  date: 'date',
  datetime: 'datetime',
  time: 'time',
  enumeration: 'enumeration',
  relation: 'relation',
};

function typeOf(attribute: Attribute): ConditionFieldType {
  if (attribute.type === 'media') return isMany(attribute) ? 'other' : 'media';
  // Rich text, JSON, components, zones, and types that this version does not know.
  return Object.hasOwn(scalarTypes, attribute.type) ? (scalarTypes[attribute.type] ?? 'other') : 'other';
}

/** `customerName` → `Customer Name`, `vat_ID` → `Vat ID`. */
export const labelOf = (name: string): string =>
  name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .split(/[\s_-]+/)
    .filter((word) => word !== '')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');

/**
 * The attribute at a path as conditions read it, under the path's name; undefined where there is none, where it is
 * private, or where the path leads through a list. Relations may be followed as far as one likes.
 */
export function comparableAt(
  path: string,
  model: ContentModel,
  models: ContentModels,
): ComparableField | undefined {
  const [name = '', ...rest] = path.split('.');
  if (rest.length === 0)
    return comparableOf(model, models, { bookkeeping: true }).find((field) => field.name === name);
  const attribute = visibleAttributes(model, models).find(([known]) => known === name)?.[1];
  const target = attribute === undefined ? undefined : targetModel(attribute, models);
  const field = target === undefined ? undefined : comparableAt(rest.join('.'), target, models);
  return field === undefined ? undefined : { ...field, name: path };
}

/** What must be read with an entry so that `facts` finds the values at these paths. Unknown paths need nothing. */
export function populateFor(
  paths: readonly string[],
  model: ContentModel,
  models: ContentModels,
): PopulateTree {
  return paths.reduce<PopulateTree>((tree, path) => {
    const resolved = resolvePath(model, path, models);
    return typeof resolved === 'string' ? tree : mergePopulate(tree, resolved.populate);
  }, {});
}
