import type { FieldTree } from '../../../contracts';
import { holdsAccounts, withoutAccounts } from './accounts';
import type { ContentModel, ContentModels } from './content-model';
import { isEntry } from './entry-shape';
import type { EntryShape } from './entry-shape';
import { fieldModels } from './field-models';
import { treeShape } from './field-tree';
import { fieldTreesProblems } from './field-tree-problems';
import { pickedData } from './picked-entry';
import { sampleEntry } from './sample';
import type { ContentEventData, Entry, FieldChoices } from './types';

interface FieldChoicesDeps {
  models: ContentModels;
  /** Shape of the entry by event type, if the event contains it as a whole. */
  whole(type: string): EntryShape | undefined;
  /** Whether the event type says itself which fields it tells. */
  hasOwnFields(type: string): boolean;
  /** A sample with realistic file URLs. */
  addressed(entry: Entry, model: ContentModel): Entry;
}

export function createFieldChoices(deps: FieldChoicesDeps): FieldChoices {
  const { models, whole, hasOwnFields } = deps;
  // One tree is asked for with each event.
  const shapes = new WeakMap<FieldTree, Map<ContentModel, EntryShape>>();
  const shapeFor = (model: ContentModel, tree: FieldTree): EntryShape => {
    const known = shapes.get(tree) ?? new Map<ContentModel, EntryShape>();
    shapes.set(tree, known);
    const shape = known.get(model) ?? treeShape(model, tree, models);
    known.set(model, shape);
    return shape;
  };
  return {
    followsTrees: (type) => whole(type) !== undefined && !hasOwnFields(type),

    picked(type, data, { tree, selected, accounts }) {
      const told = whole(type);
      if (told === undefined || !isEntry(data['entry'])) return { ...data };
      const shape = shapeFor(told.model, tree);
      const picked = pickedData(data as unknown as ContentEventData, { shape, whole: told, selected });
      return accounts || !holdsAccounts(shape) ? picked : (withoutAccounts(picked, shape) ?? picked);
    },

    selectedSample(type, tree) {
      const told = whole(type);
      if (told === undefined) return null;
      return { entry: { ...deps.addressed(sampleEntry(shapeFor(told.model, tree)), told.model) } };
    },

    fieldProblems: (trees) => fieldTreesProblems(trees, models),
    fieldModels: (uids) => fieldModels(uids, models),
  };
}
