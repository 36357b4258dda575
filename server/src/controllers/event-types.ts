import type { EventTypesService } from '../screens';
import { action } from './action';
import { may } from './asker';

export function createEventTypesController(service: () => EventTypesService) {
  return {
    /** The subscribed webhooks require permission to see webhooks. */
    list: action({}, async (ctx) => {
      const { results } = await service().list();
      if (may(ctx, 'read')) return { results };
      return { results: results.map((type) => ({ ...type, subscribers: [] })) };
    }),
  };
}
