import type { Context } from 'koa';
import { z } from 'zod';
import {
  bulkWebhookAction,
  permissions,
  rotateInput,
  testInput,
  urlCheckInput,
  webhookInput,
  webhookListQuery,
} from '../../../contracts';
import type { UrlCheck } from '../../../contracts';
import type { CoreWebhooksService } from '../services/core-webhooks';
import type { TestEventService } from '../services/test-event';
import type { WebhooksService } from '../services/webhooks';
import { validate } from '../services/validate';
import { idOf } from './row-id';

const importInput = z.strictObject({ ids: z.array(z.int()).min(1).max(500) });

export interface WebhooksControllerDeps {
  webhooks(): WebhooksService;
  testEvents(): TestEventService;
  coreWebhooks(): CoreWebhooksService;
  checkUrl(url: string): Promise<UrlCheck>;
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
      ctx.body = await deps.testEvents().send(validate(testInput, ctx.request.body));
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
