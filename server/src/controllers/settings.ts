import type { Context } from 'koa';
import { homeInput, pauseInput, settingsInput } from '../../../contracts';
import type { Actor, Done, SettingsView, TestEmailResult } from '../../../contracts';
import type { HomesService } from '../homes';
import type { QueueService } from '../instances';
import type { OverviewService, PressLimits } from '../screens';
import type { SettingsService } from '../settings';
import { action } from './action';
import { answerFor, may } from './asker';

export interface SettingsControllerDeps {
  settings(): SettingsService;
  homes(): HomesService;
  overview(): OverviewService;
  view(): Promise<SettingsView>;
  sendTestEmail(to: { email: string; language: string | null }): Promise<TestEmailResult>;
  limits(): PressLimits;
  queue(): QueueService;
  actor(): Actor;
}

/** There is only one. */
const id = 'settings';

export function createSettingsController(deps: SettingsControllerDeps) {
  const { settings, homes, overview, view, queue, actor } = deps;
  /** The webhooks of other installations require permission to see webhooks. */
  const status = (ctx: Context) => answerFor(ctx, 'read', id, () => overview().status());

  return {
    status: action({}, () => overview().status()),

    overview: action({}, () => overview().overview()),

    get: action({}, () => view()),

    /** The webhooks that are not sending require permission to see webhooks. */
    queue: action({}, async (ctx) => {
      const whole = await queue().view();
      return may(ctx, 'read') ? whole : { ...whole, held: [] };
    }),

    update: action({ body: settingsInput }, async (ctx, { body }) => {
      await settings().update(body);
      return answerFor(ctx, 'settingsRead', id, view);
    }),

    /** To whoever presses: nobody else gets mail by it. */
    testEmail: action({}, async (ctx) => {
      const { email, preferedLanguage } = ctx.state.user as {
        email: string;
        preferedLanguage?: string | null;
      };
      await deps.limits().take('test');
      const result = await deps.sendTestEmail({ email, language: preferedLanguage ?? null });
      return may(ctx, 'settingsRead') ? result : ({ id: result.to } satisfies Done);
    }),

    pause: action({ body: pauseInput }, async (ctx, { body }) => {
      await settings().pauseEverything({ ...body, by: actor().name });
      return status(ctx);
    }),

    resume: action({}, async (ctx) => {
      await settings().resumeEverything();
      return status(ctx);
    }),

    home: action({ body: homeInput }, (_ctx, { body }) => homes().move(body.ids, body.action === 'discard')),
  };
}
