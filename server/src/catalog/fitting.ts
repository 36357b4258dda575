import { CatalogError } from './catalog-error';
import type { Declaration } from './declaration';
import type { RefusedDeclaration } from './types';

/**
 * The declarations that fit together: one whose name is taken is left out, for the one that stands before it.
 *
 * @param preset always taken.
 * @param given in the order of declaration, some of them refused already.
 * @param assemble throws a CatalogError if these do not fit together.
 */
export function fitting(
  preset: readonly Declaration[],
  given: readonly (Declaration | RefusedDeclaration)[],
  assemble: (declarations: readonly Declaration[]) => unknown,
): { declarations: Declaration[]; refused: RefusedDeclaration[] } {
  const declarations = [...preset];
  const refused: RefusedDeclaration[] = [];
  const all = [...preset, ...given.filter((one) => 'kind' in one)];
  // One by one only where they do not fit: each time all content types are gone through.
  const doAllFit = !('problems' in attempted(() => assemble(all)));
  for (const one of given) {
    if (!('kind' in one)) {
      refused.push(one);
      continue;
    }
    const found = doAllFit ? null : attempted(() => assemble([...declarations, one]));
    if (found && 'problems' in found)
      refused.push({ origin: one.origin, type: one.eventType.type, problems: found.problems });
    else declarations.push(one);
  }
  return { declarations, refused };
}

/** What is wrong with a declaration is returned; anything else is thrown. */
export function attempted<Made>(make: () => Made): { made: Made } | { problems: readonly string[] } {
  try {
    return { made: make() };
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error;
    return { problems: error.problems };
  }
}
