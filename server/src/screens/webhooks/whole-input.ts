import { isDeepStrictEqual } from 'node:util';
import { webhookInput } from '../../../../contracts';
import type { WebhookChange, WebhookInput } from '../../../../contracts';
import type { WebhookRow } from '../../store/webhooks';
import { validate } from '../../validate';
import { fields } from './fields';

/** How the URL of a webhook is stored. */
export type StoredAddress = Pick<WebhookRow, 'url' | 'urlSealed'>;

/** Further permissions of the saving person; an app's own code has all. */
export interface SavingRights {
  /** Without it no stored value can be kept: keeping it would reveal whether it exists. */
  read: boolean;
  revealSecret: boolean;
}

export const appRights: SavingRights = { read: true, revealSecret: true };

/** The form of a webhook as it is stored: no secret value stands in it, and each is kept. */
const storedForm = (row: WebhookRow): WebhookInput => ({
  ...fields(row),
  url: row.url,
  urlSecret: row.urlSealed !== null,
  active: row.active,
  headers: row.headers.map(({ name, value, secret }) => ({ name, value: secret ? null : value, secret })),
  templateSecrets: row.templateSecrets.map(({ name }) => ({ name, value: null })),
});

/**
 * The whole form that a change comes to. Who may not read webhooks must enter it all: what a form keeps tells what is
 * stored. The switch alone stays as it is.
 */
export function wholeInput(
  change: Omit<WebhookChange, 'version'>,
  old: WebhookRow,
  { read }: SavingRights,
): WebhookInput {
  if (!read) return validate(webhookInput, { active: old.active, ...change });
  const { urlSecret, ...stored } = storedForm(old);
  // A new address is a secret where it is known to be one, or took the place of one.
  return { ...stored, urlSecret: change.url === undefined ? urlSecret : null, ...change };
}

/** Names of the fields that a change does change. */
export function changedFields(
  change: Omit<WebhookChange, 'version'>,
  old: WebhookRow,
  { url, urlSealed }: StoredAddress,
): string[] {
  const stored: Record<string, unknown> = {
    ...storedForm(old),
    url: old.urlSealed ?? old.url,
    urlSecret: old.urlSealed !== null,
  };
  const given: Record<string, unknown> = { ...change, url: urlSealed ?? url, urlSecret: urlSealed !== null };
  return Object.keys(stored).filter((name) => name in given && !isDeepStrictEqual(given[name], stored[name]));
}
