import { bookkeeping } from './content-events';
import { visibleAttributes } from './content-model';
import type { ContentModel, ContentModels } from './content-model';
import { leadsSomewhere } from './entry-shape';
import type { TypePlan } from './types';

/**
 * What is compared before and after a change, in the order of the schema. Relations and files are compared by
 * what they lead to; all else by value, components and dynamic zones too.
 *
 * @param bookkeeping with what Strapi writes itself (`publishedAt`): a rule may name it, no change is told of it.
 */
export function comparableOf(
  model: ContentModel,
  models: ContentModels,
  { bookkeeping: all = false }: { bookkeeping?: boolean } = {},
): TypePlan['comparable'] {
  return visibleAttributes(model, models)
    .filter(([name, attribute]) => (all || !bookkeeping.has(name)) && leadsSomewhere(attribute, models))
    .map(([name, { type }]) => ({
      name,
      kind: type === 'relation' || type === 'media' ? 'relation' : 'scalar',
    }));
}
