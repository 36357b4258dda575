import type { FieldTree, FieldTrees } from '../../../../../contracts';

/** With another tree of a content type; null where none is left. */
export function withTree(trees: FieldTrees | null, uid: string, tree: FieldTree | null): FieldTrees | null {
  const others = Object.entries(trees ?? {}).filter(([other]) => other !== uid);
  const next = tree ? [...others, [uid, tree] as const] : others;
  return next.length > 0 ? Object.fromEntries(next) : null;
}
