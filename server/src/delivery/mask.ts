/** Shown in place of a secret. */
export const masked = '••••••';

/** Shorter values would blot out half of every text they happen to stand in. */
const shortestSecret = 6;

/** Replaces each of these values wherever it stands in `text`; a signing secret also without its prefix. Pure. */
export function mask(text: string, secrets: readonly string[]): string {
  return secrets
    .flatMap((secret) => (secret.startsWith('whsec_') ? [secret, secret.slice('whsec_'.length)] : [secret]))
    .filter((secret) => secret.length >= shortestSecret)
    .sort((a, b) => b.length - a.length)
    .reduce((shown, secret) => shown.split(secret).join(masked), text);
}
