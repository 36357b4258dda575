import type { FieldTree, FieldTrees, PayloadFormat } from '../../../../../contracts';

/** Formats whose body is not the entry: nothing of it can be chosen. */
export const isWithoutEntry = (format: PayloadFormat): boolean => format === 'thin' || format === 'strapi';

/** Whether fields are chosen of a content type. */
export const hasTree = (trees: FieldTrees | null, uid: string): boolean =>
  trees !== null && Object.hasOwn(trees, uid);

/** With another tree of a content type; null where none is left. */
export function withTree(trees: FieldTrees | null, uid: string, tree: FieldTree | null): FieldTrees | null {
  const others = Object.entries(trees ?? {}).filter(([other]) => other !== uid);
  const next = tree ? [...others, [uid, tree] as const] : others;
  return next.length > 0 ? Object.fromEntries(next) : null;
}
