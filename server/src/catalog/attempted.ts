import { reasonOf } from '../reason';
import { CatalogError } from './catalog-error';

/** What is wrong with a declaration, whatever it is: one that cannot be taken never takes others along. */
export function attempted<Made>(
  at: string,
  make: () => Made,
): { made: Made } | { problems: readonly string[] } {
  try {
    return { made: make() };
  } catch (error) {
    return { problems: error instanceof CatalogError ? error.problems : [`${at}: ${reasonOf(error)}`] };
  }
}
