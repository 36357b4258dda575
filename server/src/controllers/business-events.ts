import { businessEventChange, businessEventInput, businessEventPreview } from '../../../contracts';
import type { BusinessEventView } from '../../../contracts';
import type { Context } from 'koa';
import type { EntryReader } from '../content';
import type { BusinessEventsService } from '../screens';
import { action } from './action';
import type { Ability } from './asker';
import { abilityOf, answerFor, may } from './asker';
import { idOf } from './row-id';

export interface BusinessEventsControllerDeps {
  businessEvents(): BusinessEventsService;
  /** What a caller with this ability may read of entries. */
  entryReader(ability: Ability): EntryReader;
}

export function createBusinessEventsController(deps: BusinessEventsControllerDeps) {
  /** The subscribed webhooks require permission to see webhooks. */
  const shown = <T extends { subscribers: unknown[] }>(ctx: Context, told: T): T =>
    may(ctx, 'read') ? told : { ...told, subscribers: [] };
  const answer = (ctx: Context, event: BusinessEventView) =>
    answerFor(ctx, 'eventsRead', event.id, () => shown(ctx, event));

  return {
    list: action({}, async (ctx) => {
      const { results, refused } = await deps.businessEvents().list();
      return { results: results.map((event) => shown(ctx, event)), refused };
    }),

    subjects: action({}, () => deps.businessEvents().subjects()),

    get: action({}, async (ctx) => shown(ctx, await deps.businessEvents().get(idOf(ctx)))),

    create: action({ body: businessEventInput }, async (ctx, { body }) => {
      const made = await deps.businessEvents().create(body);
      ctx.status = 201;
      return answer(ctx, made);
    }),

    update: action({ body: businessEventChange }, async (ctx, { body }) =>
      answer(ctx, await deps.businessEvents().update(idOf(ctx), body, may(ctx, 'read'))),
    ),

    delete: action({}, async (ctx) => {
      const deleted = await deps.businessEvents().delete(idOf(ctx));
      return answerFor(ctx, 'read', deleted.id, () => deleted);
    }),

    preview: action({ body: businessEventPreview }, (ctx, { body }) =>
      deps.businessEvents().preview(body, deps.entryReader(abilityOf(ctx))),
    ),
  };
}
