import { errors } from '@strapi/utils';
import { z } from 'zod';
import {
  bulkWebhookAction,
  previewInput,
  rotateInput,
  rowIdInJson,
  testInput,
  triggerInput,
  urlCheckInput,
  webhookChange,
  webhookInput,
  webhookListQuery,
  whyInput,
} from '../../../contracts';
import type { TestSent, UrlCheck } from '../../../contracts';
import { createOneAtATime } from '../screens';
import type {
  CoreWebhooksService,
  PressLimits,
  PreviewService,
  TestEventService,
  TriggerService,
  WebhooksService,
  WhyService,
} from '../screens';
import type { EntryReader } from '../content';
import { action } from './action';
import type { Ability } from './asker';
import { abilityOf, answerFor, demand, may } from './asker';
import { idOf } from './row-id';

const importInput = z.strictObject({
  ids: z.array(rowIdInJson).min(1, 'choose at least one').max(500),
  disableOriginals: z.boolean().default(false),
});

export interface WebhooksControllerDeps {
  webhooks(): WebhooksService;
  testEvents(): TestEventService;
  preview(): PreviewService;
  coreWebhooks(): CoreWebhooksService;
  checkUrl(url: string): Promise<UrlCheck>;
  trigger: TriggerService;
  why: WhyService;
  limits(): PressLimits;
  /** What a caller with this ability may read of entries. */
  entryReader(ability: Ability): EntryReader;
}

export function createWebhooksController(deps: WebhooksControllerDeps) {
  const oneCheck = createOneAtATime();

  return {
    list: action({ query: webhookListQuery }, (_ctx, { query }) => deps.webhooks().list(query)),

    get: action({}, (ctx) => deps.webhooks().get(idOf(ctx))),

    create: action({ body: webhookInput }, async (ctx, { body }) => {
      const made = await deps.webhooks().create(body);
      ctx.status = 201;
      return answerFor(ctx, 'read', made.id, () => made);
    }),

    update: action({ body: webhookChange }, async (ctx, { body }) => {
      const changed = await deps
        .webhooks()
        .update(idOf(ctx), body, { read: may(ctx, 'read'), revealSecret: may(ctx, 'revealSecret') });
      return answerFor(ctx, 'read', changed.id, () => changed);
    }),

    resume: action({}, async (ctx) => {
      const resumed = await deps.webhooks().resume(idOf(ctx));
      return answerFor(ctx, 'read', resumed.id, () => resumed);
    }),

    delete: action({}, (ctx) => deps.webhooks().delete(idOf(ctx))),

    bulk: action({ body: bulkWebhookAction }, (ctx, { body }) => {
      // One route, two permissions: the required one depends on the action.
      if (body.action === 'delete') demand(ctx, 'delete', 'your role may not delete webhooks');
      else demand(ctx, 'update', 'your role may not turn webhooks on and off');
      return deps.webhooks().bulk(body.ids, body.action);
    }),

    checkUrl: action({ body: urlCheckInput }, (ctx, { body }) => {
      const { id } = ctx.state.user as { id: number | string };
      return oneCheck(String(id), () => deps.checkUrl(body.url));
    }),

    preview: action({ body: previewInput }, (ctx, { body }) => {
      // Of a real event the whole body is shown.
      if (body.eventId !== null) demand(ctx, 'deliveriesRead', 'your role may not read deliveries');
      return deps.preview().preview(body, may(ctx, 'read'));
    }),

    test: action({ body: testInput }, (ctx, { body }) =>
      deps.limits().test(async () => {
        const result = await deps.testEvents().send(body, deps.entryReader(abilityOf(ctx)), may(ctx, 'read'));
        const { deliveryId, messageId } = result;
        return may(ctx, 'read') ? result : ({ deliveryId, messageId } satisfies TestSent);
      }),
    ),

    trigger: action({ body: triggerInput }, async (ctx, { body }) => {
      const id = idOf(ctx);
      await deps.limits().take('trigger');
      return deps.trigger(id, body, deps.entryReader(abilityOf(ctx)));
    }),

    why: action({ query: whyInput }, (ctx, { query }) =>
      deps.why(idOf(ctx), query, deps.entryReader(abilityOf(ctx))),
    ),

    secret: action({}, (ctx) => deps.webhooks().secrets(idOf(ctx))),

    rotate: action({ body: rotateInput }, (ctx, { body }) =>
      deps.webhooks().rotate(idOf(ctx), body.overlapHours),
    ),

    importable: action({}, () => deps.coreWebhooks().importable()),

    import: action({ body: importInput }, (ctx, { body }) => {
      if (body.disableOriginals && !abilityOf(ctx).can('admin::webhooks.update'))
        throw new errors.ForbiddenError('your role may not turn off Strapi’s own webhooks');
      return deps.coreWebhooks().import(body.ids, body.disableOriginals);
    }),
  };
}
