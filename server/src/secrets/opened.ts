import type { WebhookRow } from '../store/webhooks';
import type { SecretBox } from './secret-box';

/** The values for sending, in plain text. */
export interface OpenedWebhook {
  url: string;
  secrets: string[];
  headers: { name: string; value: string; secret: boolean }[];
  /** Values of the template's secrets by name. */
  templateSecrets: { name: string; value: string }[];
}

type Sealed = Pick<WebhookRow, 'url' | 'urlSealed' | 'secrets' | 'headers' | 'templateSecrets'>;

/** Opens what is sealed in a webhook's row. Null stands for what no longer decrypts: the key was changed or lost. */
export function createOpener({ box, now }: { box: Pick<SecretBox, 'open'>; now(): number }) {
  /** The valid secrets in plain text, or null if one cannot be decrypted. */
  const secretsOf = (row: Sealed): string[] | null => {
    const at = now();
    const secrets = row.secrets
      .filter(({ validUntil }) => validUntil === null || validUntil > at)
      .map(({ value }) => box.open(value));
    const readable = secrets.filter((value) => value !== null);
    return secrets.length === 0 || readable.length < secrets.length ? null : readable;
  };

  /** The URL to send to, or null if it is secret and cannot be decrypted. */
  const addressOf = (row: Sealed): string | null =>
    row.urlSealed === null ? row.url : box.open(row.urlSealed);

  /** URL, secrets and headers of a webhook in plain text, or null if one cannot be decrypted. */
  const opened = (row: Sealed): OpenedWebhook | null => {
    const url = addressOf(row);
    const secrets = secretsOf(row);
    const headers = row.headers.map((header) => ({
      ...header,
      value: header.secret ? box.open(header.value) : header.value,
    }));
    const named = row.templateSecrets.map(({ name, value }) => ({ name, value: box.open(value) }));
    if (url === null || secrets === null || [...headers, ...named].some(({ value }) => value === null))
      return null;
    return {
      url,
      secrets,
      headers: headers.map((header) => ({ ...header, value: header.value ?? '' })),
      templateSecrets: named.map(({ name, value }) => ({ name, value: value ?? '' })),
    };
  };

  return { secretsOf, addressOf, opened };
}

export type Opener = ReturnType<typeof createOpener>;
