import { statisticsQuery } from '../../../contracts';
import type { StatisticsService } from '../screens';
import { action } from './action';
import { idOf } from './row-id';

export function createStatisticsController(service: () => StatisticsService) {
  return {
    get: action({ query: statisticsQuery }, (ctx, { query }) => service().of(idOf(ctx), query)),
  };
}
