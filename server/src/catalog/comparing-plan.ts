import { comparableAt, populateFor } from './condition-fields';
import type { ContentModel, ContentModels } from './content-model';
import { cutLists, mergePopulate, populateOf, shapeOf } from './entry-shape';
import type { PopulateTree } from './entry-shape';
import type { TypePlan } from './types';

interface Source {
  model: ContentModel;
  models: ContentModels;
  /** What is read with an entry after a change. */
  read: PopulateTree;
  /** What is read with an entry before a change. */
  content: PopulateTree;
}

/**
 * A plan that also reads what these paths lead to: `customer.country.code`. What they lead to beyond the content event is
 * cut off its payload by `trim`.
 */
export function comparingPlan(
  plan: Omit<TypePlan, 'compared' | 'comparing'>,
  source: Source,
  paths: readonly string[],
): TypePlan {
  const { model, models } = source;
  const compared = [...new Set(paths)];
  const wanted = populateFor(compared, model, models);
  const read = mergePopulate(source.read, wanted);
  const content = mergePopulate(source.content, wanted);
  const shape = shapeOf(model, read, models);
  // The same plan for the same paths: what was prepared for its queries is kept.
  const known = new Map<string, TypePlan>();
  const comparing = (further: readonly string[]): TypePlan => {
    const added = [...new Set(further)].filter((path) => !compared.includes(path)).sort();
    if (added.length === 0) return made;
    const key = added.join();
    const plans = known.get(key) ?? comparingPlan(plan, source, [...compared, ...added]);
    known.set(key, plans);
    return plans;
  };
  const made: TypePlan = {
    ...plan,
    populate: populateOf(read),
    contentPopulate: populateOf(content),
    cut: (entry, limit) => cutLists(entry, shape, limit),
    judged: [
      ...plan.judged,
      ...compared.flatMap((path) => (path.includes('.') ? (comparableAt(path, model, models) ?? []) : [])),
    ],
    compared,
    comparing,
  };
  return made;
}
