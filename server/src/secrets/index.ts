/**
 * SECRETS AT REST: seals what is stored, and opens a webhook's row for whoever sends with it (queue), verifies by it
 * (inbox) or shows it (screens). It decides nothing about who may see what, and knows no screen.
 */
import type { Core } from '@strapi/strapi';
import { hostOf } from '../../../contracts';
import type { PluginConfig } from '../config';
import type { Store } from '../store';
import { addressSecrets } from './address-secrets';
import { createOpener } from './opened';
import { createRekeyService } from './rekey';
import { createSecretBox, keyMaterials } from './secret-box';

export interface SecretsInput {
  strapi: Core.Strapi;
  config: PluginConfig;
  store: Store;
  now(): number;
}

export function openSecrets({ strapi, config, store, now }: SecretsInput) {
  const box = createSecretBox(keyMaterials(strapi, config.secrets.formerKeys));
  const opener = createOpener({ box, now });
  const all = () => store.webhooks.all(store.database.pool());
  return {
    ...opener,
    seal: box.seal,
    open: box.open,
    /** Which key encrypts new values. */
    source: box.source,
    ...createRekeyService({ box, all, changeSealed: store.webhooks.changeSealed }),

    /** Every secret value of this Strapi, for masking; with its owner, for verifying. */
    async known() {
      return (await all()).map((row) => {
        const open = opener.opened(row);
        return {
          webhookId: row.id,
          webhookName: row.name,
          url: row.url,
          host: hostOf(row.url),
          secrets: open?.secrets ?? [],
          secretHeaders: [
            ...(open?.headers ?? []).filter(({ secret }) => secret),
            ...(open?.templateSecrets ?? []),
          ].map(({ value }) => value),
          secretAddress: open && row.urlSealed !== null ? addressSecrets(open.url) : [],
        };
      });
    },
  };
}

export type Secrets = ReturnType<typeof openSecrets>;

export { addressSecrets } from './address-secrets';
export type { OpenedWebhook } from './opened';
