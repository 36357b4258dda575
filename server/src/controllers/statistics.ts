import type { Context } from 'koa';
import { statisticsQuery } from '../../../contracts';
import type { StatisticsService } from '../services/statistics';
import { validate } from '../services/validate';
import { idOf } from './row-id';

export function createStatisticsController(service: () => StatisticsService) {
  return {
    async get(ctx: Context) {
      ctx.body = await service().of(idOf(ctx), validate(statisticsQuery, ctx.query));
    },
  };
}
