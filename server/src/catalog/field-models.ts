import { fieldTreeLimits } from '../../../contracts';
import type { FieldModel, FieldModelAttribute, FieldModels } from '../../../contracts';
import { labelOf } from './condition-fields';
import { isMany, visibleAttributes } from './content-model';
import type { Attribute, ContentModel, ContentModels } from './content-model';
import { isPopulatable, leadsSomewhere, targetOf } from './entry-shape';
import { defaultFieldTree } from './field-tree';

/**
 * The attributes that can be ticked, of these content types and of all that they lead to within the depth of a tree.
 * What is not there is left out.
 */
export function fieldModels(
  uids: readonly string[],
  models: ContentModels,
): Pick<FieldModels, 'models' | 'defaults'> {
  const roots = uids.flatMap((uid) => models.get(uid) ?? []);
  const found = new Map<string, FieldModel>();
  let level: readonly ContentModel[] = roots;
  for (let depth = 0; depth <= fieldTreeLimits.depth && level.length > 0; depth += 1) {
    const next = new Set<string>();
    for (const model of level) {
      if (found.has(model.uid)) continue;
      const made = modelOf(model, models);
      found.set(model.uid, made);
      for (const { target, components } of made.attributes)
        for (const uid of [...(target === undefined ? [] : [target]), ...(components ?? [])]) next.add(uid);
    }
    level = [...next].flatMap((uid) => models.get(uid) ?? []);
  }
  return {
    models: Object.fromEntries(found),
    defaults: Object.fromEntries(roots.map((model) => [model.uid, defaultFieldTree(model, models)])),
  };
}

const modelOf = (model: ContentModel, models: ContentModels): FieldModel => ({
  uid: model.uid,
  name: model.info.displayName,
  attributes: visibleAttributes(model, models)
    .filter(([, attribute]) => leadsSomewhere(attribute, models))
    .map(([name, attribute]) => attributeOf(name, attribute, models)),
});

function attributeOf(name: string, attribute: Attribute, models: ContentModels): FieldModelAttribute {
  const shown = { name, label: labelOf(name), type: attribute.type };
  if (!isPopulatable(attribute)) return { ...shown, kind: 'scalar' };
  if (attribute.type === 'dynamiczone') {
    const components = (attribute.components ?? []).filter((uid) => models.get(uid) !== undefined);
    return { ...shown, kind: 'zone', components };
  }
  const target = attribute.type === 'component' ? (attribute.component ?? '') : targetOf(attribute);
  if (!isMany(attribute)) return { ...shown, kind: 'one', target };
  return { ...shown, kind: 'many', target, limited: attribute.type === 'relation' };
}
