import type { FieldTree } from '../../../contracts';
import { comparableAt, populateFor } from './condition-fields';
import type { ContentModel, ContentModels } from './content-model';
import { cutLists, mergePopulate, populateOf, shapeOf, toldShape, trimEntry } from './entry-shape';
import type { EntryShape, PopulateTree } from './entry-shape';
import { isWithin, populateOfShape, treeShape, unionOfTrees } from './field-tree';
import { nestedListsOf } from './nested-lists';
import { pickedEntry } from './picked-entry';
import type { TypePlan, VersionReading, VersionTrees } from './types';

/** A plan, but for what depends on conditions and trees of webhooks. */
export type OwnPlan = Omit<TypePlan, 'compared' | 'comparing' | 'telling' | 'read'>;

interface Source {
  model: ContentModel;
  models: ContentModels;
  /** What is read with an entry after a change. */
  read: PopulateTree;
  /** What is read with an entry before a change. */
  content: PopulateTree;
}

/** What webhooks ask for beyond the events themselves. */
interface Asked {
  /** What their conditions compare. */
  paths: readonly string[];
  trees: VersionTrees;
}

/** So many plans with trees are kept, so that what was prepared for their queries is. */
const plansAtMost = 20;

/**
 * A plan that also reads what these paths lead to, `customer.country.code`, and what these trees tell. What they lead to
 * beyond the content event is cut off its payload by `trim`.
 */
export function comparingPlan(plan: OwnPlan, source: Source, { paths, trees }: Asked): TypePlan {
  const { model, models } = source;
  const compared = [...new Set(paths)];
  const wanted = populateFor(compared, model, models);
  const read = mergePopulate(source.read, wanted);
  const content = mergePopulate(source.content, wanted);
  const shape = shapeOf(model, read, models);
  const readings = readingsOf(source, read, trees);
  const own = ownPart(toldShape(model, read, models), readings);
  // The same plan for the same question: what was prepared for its queries is kept.
  const known = new Map<string, TypePlan>();
  const once = (key: string, make: () => TypePlan): TypePlan => {
    const found = known.get(key) ?? make();
    known.delete(key);
    known.set(key, found);
    const [oldest] = known.keys();
    if (known.size > plansAtMost && oldest !== undefined) known.delete(oldest);
    return found;
  };
  const made: TypePlan = {
    ...plan,
    populate: populateOf(read),
    contentPopulate: populateOf(content),
    read: readings,
    cut: (entry, limit) => cutLists(own(entry), shape, limit),
    judged: [
      ...plan.judged,
      ...compared.flatMap((path) => (path.includes('.') ? (comparableAt(path, model, models) ?? []) : [])),
    ],
    compared,
    comparing(further) {
      const added = [...new Set(further)].filter((path) => !compared.includes(path)).sort();
      if (added.length === 0) return made;
      return once(added.join(), () => comparingPlan(plan, source, { paths: [...compared, ...added], trees }));
    },
    telling(asked) {
      if (asked.draft.length === 0 && asked.published.length === 0) return made;
      return once(JSON.stringify(asked), () =>
        comparingPlan(plan, source, { paths: compared, trees: asked }),
      );
    },
  };
  return made;
}

/** How each version is read: alike, where its trees are the same. */
function readingsOf(
  { model, models, content }: Source,
  read: PopulateTree,
  { draft, published }: VersionTrees,
): TypePlan['read'] {
  const populate = populateOf(read);
  const told = toldShape(model, content, models);
  const reading = (trees: readonly FieldTree[]): VersionReading => {
    if (trees.length === 0) return { populate, selection: null, nested: [] };
    const shape = treeShape(model, unionOfTrees(trees), models);
    const beyond = !isWithin(shape, told);
    return {
      populate: beyond ? populateOf(mergePopulate(read, populateOfShape(shape))) : populate,
      selection: { of: (entry, limit, known) => pickedEntry(entry, shape, limit, known), beyond },
      nested: beyond ? nestedListsOf(shape, read) : [],
    };
  };
  const ofPublished = reading(published);
  return { published: ofPublished, draft: draft === published ? ofPublished : reading(draft) };
}

/** What was read for trees alone is no part of what other events are built from. */
const ownPart =
  (shape: EntryShape, { draft, published }: TypePlan['read']) =>
  (entry: Parameters<TypePlan['cut']>[0]) =>
    draft.selection?.beyond === true || published.selection?.beyond === true
      ? trimEntry(entry, shape)
      : entry;
