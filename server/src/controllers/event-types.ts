import type { Context } from 'koa';
import type { EventTypesService } from '../services/event-types';

export function createEventTypesController(service: () => EventTypesService) {
  return {
    async list(ctx: Context) {
      ctx.body = await service().list();
    },
  };
}
