import { errors } from '@strapi/utils';
import type { Context } from 'koa';
import { replayInput } from '../../../contracts';
import type { ReplayCount, ReplayInput } from '../../../contracts';
import type { PressLimits } from '../screens';
import type { ReplaysService } from '../replay';
import { action } from './action';
import { answerFor, may } from './asker';
import { idOf } from './row-id';

/** Options that do not depend on the content of the log. */
const blindly: ReadonlySet<string> = new Set<keyof ReplayInput>(['ids', 'webhook', 'which']);

/** Nothing was counted. */
const notCounted: ReplayCount = { count: null, more: false, refusals: [], off: [] };

export function createReplaysController(service: () => ReplaysService, limits: () => PressLimits) {
  /** A filter is a search: its result requires permission to see deliveries. */
  const refuseSearch = (ctx: Context, input: ReplayInput): void => {
    if (may(ctx, 'deliveriesRead')) return;
    const searched = Object.keys(input).filter((name) => !blindly.has(name));
    if (searched.length > 0)
      throw new errors.ForbiddenError(
        `to search by ${searched.join(', ')} one must be allowed to see deliveries`,
      );
  };

  return {
    list: action({}, () => service().list()),

    get: action({}, (ctx) => service().get(idOf(ctx))),

    count: action({ body: replayInput }, (ctx, { body }) => {
      refuseSearch(ctx, body);
      return may(ctx, 'deliveriesRead') ? service().count(body) : notCounted;
    }),

    create: action({ body: replayInput }, async (ctx, { body }) => {
      refuseSearch(ctx, body);
      await limits().take('replay');
      const made = await service().create(body);
      ctx.status = 201;
      return answerFor(ctx, 'deliveriesRead', made.id, () => made);
    }),

    stop: action({}, async (ctx) => {
      const stopped = await service().stop(idOf(ctx));
      return answerFor(ctx, 'deliveriesRead', stopped.id, () => stopped);
    }),

    resume: action({}, async (ctx) => {
      const resumed = await service().resume(idOf(ctx));
      return answerFor(ctx, 'deliveriesRead', resumed.id, () => resumed);
    }),
  };
}
