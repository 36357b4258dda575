import type { Context } from 'koa';
import { z } from 'zod';
import {
  bulkWebhookAction,
  permissions,
  rotateInput,
  testInput,
  triggerInput,
  urlCheckInput,
  webhookInput,
  webhookListQuery,
  whyInput,
} from '../../../contracts';
import type { UrlCheck } from '../../../contracts';
import type { CoreWebhooksService } from '../services/core-webhooks';
import type { TestEventService } from '../services/test-event';
import type { TriggerService } from '../services/trigger';
import type { WhyService } from '../services/why';
import type { WebhooksService } from '../services/webhooks';
import { validate } from '../services/validate';
import { idOf } from './row-id';

const importInput = z.strictObject({ ids: z.array(z.int()).min(1).max(500) });

export interface WebhooksControllerDeps {
  webhooks(): WebhooksService;
  testEvents(): TestEventService;
  coreWebhooks(): CoreWebhooksService;
  checkUrl(url: string): Promise<UrlCheck>;
  trigger: TriggerService;
  why: WhyService;
}

/** The data of an entry is shown only to who may read it in the content manager. */
function mayRead(ctx: Context, uid: string): boolean {
  const ability = (ctx.state as { userAbility?: { can(action: string, subject: string): boolean } })
    .userAbility;
  return ability?.can('plugin::content-manager.explorer.read', uid) === true;
}

export function createWebhooksController(deps: WebhooksControllerDeps) {
  return {
    async list(ctx: Context) {
      ctx.body = await deps.webhooks().list(validate(webhookListQuery, ctx.query));
    },
    async get(ctx: Context) {
      ctx.body = await deps.webhooks().get(idOf(ctx));
    },
    async create(ctx: Context) {
      ctx.body = await deps.webhooks().create(validate(webhookInput, ctx.request.body));
      ctx.status = 201;
    },
    async update(ctx: Context) {
      ctx.body = await deps.webhooks().update(idOf(ctx), validate(webhookInput, ctx.request.body));
    },
    async resume(ctx: Context) {
      ctx.body = await deps.webhooks().resume(idOf(ctx));
    },
    async delete(ctx: Context) {
      ctx.body = await deps.webhooks().delete(idOf(ctx));
    },
    async bulk(ctx: Context) {
      const { ids, action } = validate(bulkWebhookAction, ctx.request.body);
      // One route, two permissions: which one is demanded depends on what is asked.
      const needed = action === 'delete' ? permissions.delete : permissions.update;
      const ability = (ctx.state as { userAbility?: { can(action: string): boolean } }).userAbility;
      if (!ability?.can(needed)) return ctx.forbidden();
      ctx.body = await deps.webhooks().bulk(ids, action);
    },
    async checkUrl(ctx: Context) {
      ctx.body = await deps.checkUrl(validate(urlCheckInput, ctx.request.body).url);
    },
    async test(ctx: Context) {
      const input = validate(testInput, ctx.request.body);
      if (input.entry && !mayRead(ctx, input.entry.uid)) return ctx.forbidden();
      ctx.body = await deps.testEvents().send(input);
    },
    async trigger(ctx: Context) {
      const input = validate(triggerInput, ctx.request.body ?? {});
      if (input.entry && !mayRead(ctx, input.entry.uid)) return ctx.forbidden();
      ctx.body = await deps.trigger(idOf(ctx), input);
    },
    async why(ctx: Context) {
      ctx.body = await deps.why(idOf(ctx), validate(whyInput, ctx.query));
    },
    async secret(ctx: Context) {
      ctx.body = await deps.webhooks().secrets(idOf(ctx));
    },
    async rotate(ctx: Context) {
      const { overlapHours } = validate(rotateInput, ctx.request.body ?? {});
      ctx.body = await deps.webhooks().rotate(idOf(ctx), overlapHours);
    },
    async importable(ctx: Context) {
      ctx.body = await deps.coreWebhooks().importable();
    },
    async import(ctx: Context) {
      ctx.body = await deps.coreWebhooks().import(validate(importInput, ctx.request.body).ids);
    },
  };
}
