import { createWebhookCrud } from './crud';
import type { WebhookCrudDeps } from './crud';
import { createWebhookSecrets } from './secrets';
import type { WebhookSecretsDeps } from './secrets';
import { createTrouble } from './trouble';
import type { TroubleDeps } from './trouble';
import { createWebhookViews } from './view';
import type { WebhookViewsDeps } from './view';

type Deps = Omit<WebhookViewsDeps, 'attention'> &
  TroubleDeps &
  Omit<WebhookCrudDeps, 'box' | 'views'> &
  Omit<WebhookSecretsDeps, 'box' | 'find'> & { secrets: WebhookSecretsDeps['box'] };

/** Webhooks: the operations of the screens, the API and site builders. */
export function createWebhooksService(deps: Deps) {
  const views = createWebhookViews({ ...deps, attention: createTrouble(deps) });
  return {
    ...views,
    ...createWebhookCrud({ ...deps, box: deps.secrets, views }),
    ...createWebhookSecrets({ ...deps, box: deps.secrets, find: views.find }),
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
