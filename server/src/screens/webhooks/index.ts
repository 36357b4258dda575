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
    /**
     * Notes what subscriptions mean, and which names of templates nothing has, of webhooks that were saved before that was
     * noted.
     */
    async noteWhatIsThere(): Promise<void> {
      const { store } = deps;
      for (const row of await store.webhooks.all(store.database.pool())) {
        if (row.meanings === null)
          await store.webhooks.saveFirstMeanings(row.id, deps.meanings(row.events, null));
        const names = row.unknownNames === null ? deps.unknownNames(row) : null;
        if (names !== null) await store.webhooks.saveFirstUnknownNames(row.id, names);
      }
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
