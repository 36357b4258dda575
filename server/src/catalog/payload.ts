import { optionPath } from './catalog-error';
import { isEntry } from './entry-shape';
import { jsonOf } from './json-data';
import type { JsonProblem } from './json-data';

/** A payload function has given what cannot be sent; each problem says where it stands. */
export class PayloadError extends Error {
  override readonly name = 'PayloadError';

  constructor(readonly problems: readonly JsonProblem[]) {
    super(problems.map(({ path, message }) => `${optionPath('payload', path)}: ${message}`).join('; '));
  }
}

/**
 * What a site builder's function has given, as plain JSON. Every function of theirs passes here: one that is `async`
 * would else give `{}` in each body, and end the process when its promise is rejected.
 *
 * @throws PayloadError
 */
export function givenValue(value: unknown): unknown {
  const { json, problems } = jsonOf(value);
  if (problems.length > 0) throw new PayloadError(problems);
  return json;
}

/** The same for what must be the `data` of an event. */
export function givenObject(value: unknown): Record<string, unknown> {
  const json = givenValue(value);
  if (!isEntry(json)) throw new PayloadError([{ path: [], message: 'must give an object' }]);
  return { ...json };
}
