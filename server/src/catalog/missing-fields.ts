import type { EventDeclaration } from '../../../contracts';
import type { ContentModel, ContentModels } from './content-model';
import { resolvePath } from './field-path';
import { fieldTreeProblems } from './field-tree-problems';

/** What a payload names that its content type does not have, or does not send. */
export function missingIn(
  payload: EventDeclaration['payload'],
  model: ContentModel,
  models: ContentModels,
): { path: string[]; message: string }[] {
  if (payload.kind === 'function') return [];
  if (payload.kind === 'entry')
    return payload.fields === null
      ? []
      : fieldTreeProblems(payload.fields, model, models).map(({ path, message }) => ({
          path: ['fields', ...path],
          message,
        }));
  return Object.entries(payload.paths).flatMap(([key, path]) => {
    const found = resolvePath(model, path, models);
    return typeof found === 'string' ? [{ path: ['paths', key], message: found }] : [];
  });
}
