import { createWebhookCrud } from './crud';
import type { WebhookCrudDeps } from './crud';
import { createWebhookSecrets } from './secrets';
import type { WebhookSecretsDeps } from './secrets';
import { createDrift } from './drift';
import type { DriftDeps } from './drift';
import { createTrouble } from './trouble';
import type { TroubleDeps } from './trouble';
import { createWebhookViews } from './view';
import type { WebhookViewsDeps } from './view';

type Deps = Omit<WebhookViewsDeps, 'attention' | 'drift'> &
  Omit<DriftDeps, 'templateProblems'> &
  TroubleDeps &
  Omit<WebhookCrudDeps, 'box' | 'views'> &
  Omit<WebhookSecretsDeps, 'box' | 'find'> & { secrets: WebhookSecretsDeps['box'] };

/** Webhooks: the operations of the screens, the API and site builders. */
export function createWebhooksService(deps: Deps) {
  const drift = createDrift(deps);
  const views = createWebhookViews({ ...deps, attention: createTrouble(deps), drift });
  return {
    ...views,
    ...createWebhookCrud({ ...deps, box: deps.secrets, views }),
    ...createWebhookSecrets({ ...deps, box: deps.secrets, find: views.find }),
    /** Notes what subscriptions mean, of webhooks that were saved before that was noted. */
    async noteMeanings(): Promise<void> {
      for (const { id, events, meanings } of await deps.store.webhooks.all(deps.store.database.pool()))
        if (meanings === null) await deps.store.webhooks.saveFirstMeanings(id, deps.meanings(events, null));
    },
    /** Conditions, templates and choices of fields that name what is gone, for the log. */
    async drifted(): Promise<string[]> {
      return drift.lines(await deps.store.webhooks.all(deps.store.database.pool()));
    },
  };
}

export type WebhooksService = ReturnType<typeof createWebhooksService>;

export { isFailing } from './view';
export {
  headerProblems,
  keptHeader,
  keptTemplateSecret,
  leadsBack,
  meantAddress,
  templateSecretProblems,
} from './kept-secrets';
