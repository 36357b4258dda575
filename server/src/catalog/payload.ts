import { optionPath } from './catalog-error';
import { isEntry } from './entry-shape';
import { jsonOf } from './json-data';
import type { JsonProblem } from './json-data';

/** A payload function has returned unusable data; each problem has its path. */
export class PayloadError extends Error {
  override readonly name = 'PayloadError';

  constructor(readonly problems: readonly JsonProblem[]) {
    super(problems.map(({ path, message }) => `${optionPath('payload', path)}: ${message}`).join('; '));
  }
}

/**
 * The result of a site builder's function, as plain JSON. Every such function passes here: an `async` one
 * would otherwise give `{}` in each body, and end the process when its promise is rejected.
 *
 * @throws PayloadError
 */
export function givenValue(value: unknown): unknown {
  const { json, problems } = jsonOf(value);
  if (problems.length > 0) throw new PayloadError(problems);
  return json;
}

/** The same for the `data` of an event. */
export function givenObject(value: unknown): Record<string, unknown> {
  const json = givenValue(value);
  if (!isEntry(json)) throw new PayloadError([{ path: [], message: 'must give an object' }]);
  return { ...json };
}
