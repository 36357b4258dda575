import { isSecretAddress, isShownAddress, sameOrigin, shownAddress } from '../../../../contracts';
import type { WebhookInput } from '../../../../contracts';
import type { StoredHeader, StoredTemplateSecret, WebhookRow } from '../../store/webhooks';
import type { Problem } from '../../validate';
import { problem } from '../../validate';

/**
 * What a form can keep of the stored webhook: its sender has not seen the kept values, and must not be able
 * to see them by sending them elsewhere. Pure.
 */
type Stored = Pick<WebhookRow, 'url' | 'urlSealed' | 'headers' | 'templateSecrets'>;

/** The URL that a form refers to. */
export interface MeantAddress {
  /** True if the stored one is kept, which the form shows as its origin and dots only. */
  kept: boolean;
  /** Whether it is stored and shown as a secret. */
  secret: boolean;
  problems: Problem[];
}

/** The URL that a form refers to, and whether it is secret. */
export function meantAddress(
  { url, urlSecret }: Pick<WebhookInput, 'url' | 'urlSecret'>,
  stored: Stored | null,
): MeantAddress {
  const wasSecret = stored !== null && stored.urlSealed !== null;
  if (!isShownAddress(url)) {
    const unasked = wasSecret || (isSecretAddress(url) && url !== stored?.url);
    return { kept: false, secret: urlSecret ?? unasked, problems: [] };
  }
  const kept = wasSecret && shownAddress(url) === shownAddress(stored.url);
  const problems = kept ? [] : [problem(['url'], 'is shown only in part; enter the full URL')];
  return { kept, secret: kept && (urlSecret ?? true), problems };
}

/** Whether stored values can be sent to this form's URL: it has the same scheme, host and port. */
export const leadsBack = ({ url }: Pick<WebhookInput, 'url'>, stored: Stored | null): boolean =>
  stored !== null && sameOrigin(url, stored.url);

/** The stored value that a header of the form keeps; null if it cannot keep one. */
export function keptHeader(
  input: Pick<WebhookInput, 'url'>,
  { name, secret }: { name: string; secret: boolean },
  stored: Stored | null,
): StoredHeader | null {
  if (!secret || !leadsBack(input, stored)) return null;
  return secretNamed(name, stored);
}

/** One problem for each header that keeps a value although it must not, by its name and field. */
export function headerProblems(
  input: Pick<WebhookInput, 'url' | 'headers'>,
  stored: Stored | null,
): Problem[] {
  return input.headers.flatMap((header, index) => {
    if (header.value !== null || keptHeader(input, header, stored)) return [];
    const moves = header.secret && secretNamed(header.name, stored) !== null;
    const message = moves
      ? `the URL leads to another server: enter the value of ${header.name} again, or remove it`
      : `is required: no secret value of ${header.name} is stored`;
    return [problem(['headers', String(index), 'value'], message)];
  });
}

/** The stored value that a template's secret keeps; null if it cannot keep one. */
export const keptTemplateSecret = (
  input: Pick<WebhookInput, 'url'>,
  name: string,
  stored: Stored | null,
): StoredTemplateSecret | null =>
  leadsBack(input, stored) ? (stored?.templateSecrets.find((known) => known.name === name) ?? null) : null;

/** One problem for each secret of the template that keeps a value although it must not. */
export function templateSecretProblems(
  input: Pick<WebhookInput, 'url' | 'templateSecrets'>,
  stored: Stored | null,
): Problem[] {
  return input.templateSecrets.flatMap(({ name, value }, index) => {
    if (value !== null || keptTemplateSecret(input, name, stored)) return [];
    const moves = stored?.templateSecrets.some((known) => known.name === name) ?? false;
    const message = moves
      ? `the URL leads to another server: enter the value of ${name} again, or remove it`
      : `is required: no value of ${name} is stored`;
    return [problem(['templateSecrets', String(index), 'value'], message)];
  });
}

const secretNamed = (name: string, stored: Stored | null): StoredHeader | null =>
  stored?.headers.find((known) => known.secret && known.name.toLowerCase() === name.toLowerCase()) ?? null;
