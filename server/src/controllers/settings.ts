import type { Context } from 'koa';
import { homeInput, pauseInput, settingsInput } from '../../../contracts';
import type { Actor, SettingsView } from '../../../contracts';
import type { HomesService } from '../services/homes';
import type { QueueService } from '../services/queue';
import type { OverviewService } from '../services/overview';
import type { SettingsService } from '../services/settings';
import { validate } from '../services/validate';

export interface SettingsControllerDeps {
  settings(): SettingsService;
  homes(): HomesService;
  overview(): OverviewService;
  view(): SettingsView;
  queue(): QueueService;
  actor(): Actor;
}

export function createSettingsController(deps: SettingsControllerDeps) {
  const { settings, homes, overview, view, queue, actor } = deps;
  return {
    async status(ctx: Context) {
      ctx.body = await overview().status();
    },
    async overview(ctx: Context) {
      ctx.body = await overview().overview();
    },
    get(ctx: Context) {
      ctx.body = view();
    },
    async queue(ctx: Context) {
      ctx.body = await queue().view();
    },
    async update(ctx: Context) {
      await settings().update(validate(settingsInput, ctx.request.body));
      ctx.body = view();
    },
    async pause(ctx: Context) {
      const { reason, minutes } = validate(pauseInput, ctx.request.body);
      await settings().pauseEverything({ reason, minutes, by: actor().name });
      ctx.body = await overview().status();
    },
    async resume(ctx: Context) {
      await settings().resumeEverything();
      ctx.body = await overview().status();
    },
    async home(ctx: Context) {
      const { ids, action } = validate(homeInput, ctx.request.body);
      ctx.body = await homes().move(ids, action === 'discard');
    },
  };
}
