import type { SetAsideService } from '../screens';
import { action } from './action';
import { idOf } from './row-id';

export function createSetAsideController(service: () => SetAsideService) {
  return {
    matchAgain: action({}, (ctx) => service().matchAgain(idOf(ctx))),
  };
}
