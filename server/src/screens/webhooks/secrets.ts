import { errors } from '@strapi/utils';
import type { SecretView } from '../../../../contracts';
import type { Secrets } from '../../secrets';
import type { Store } from '../../store';
import { hourMs } from '../../store/outcomes';
import type { WebhookRow } from '../../store/webhooks';

export interface WebhookSecretsDeps {
  store: Store;
  box: Pick<Secrets, 'seal' | 'open' | 'addressOf'>;
  newSecret(): string;
  now(): number;
  find(id: number): Promise<WebhookRow>;
  /** After any change: interest is reloaded, the dispatcher is woken. */
  changed(): Promise<void>;
}

/** Maximum number of previous secrets beside the current one (Standard Webhooks: each adds a signature). */
const maxOldSecrets = 10;

/** Signing secrets of one webhook, shown and rotated. */
export function createWebhookSecrets(deps: WebhookSecretsDeps) {
  const { store, box, find } = deps;

  return {
    /** For roles that may reveal them: the signing secrets, and the URL if it is secret. */
    async secrets(id: number): Promise<SecretView> {
      const row = await find(id);
      const now = deps.now();
      return {
        url: row.urlSealed === null ? null : box.addressOf(row),
        secrets: row.secrets
          .filter(({ validUntil }) => validUntil === null || validUntil > now)
          .map(({ value, validUntil }) => {
            const secret = box.open(value);
            if (secret === null) {
              throw new errors.ApplicationError(
                'the secret cannot be decrypted with the current key; rotate it',
              );
            }
            return { secret, validUntil };
          }),
      };
    },

    /** Creates a new secret; the previous one keeps signing as well for `overlapHours`. */
    async rotate(id: number, overlapHours: number): Promise<SecretView> {
      const row = await find(id);
      const validUntil = deps.now() + overlapHours * hourMs;
      const old = row.secrets
        .filter(({ value }) => overlapHours > 0 && box.open(value) !== null)
        .map((secret) => ({ ...secret, validUntil: Math.min(secret.validUntil ?? validUntil, validUntil) }))
        .filter((secret) => secret.validUntil > deps.now())
        .slice(0, maxOldSecrets);
      await store.webhooks.update(id, {
        secrets: [{ value: box.seal(deps.newSecret()), validUntil: null }, ...old],
      });
      await deps.changed();
      return this.secrets(id);
    },
  };
}
