import type { SecretsOfWebhook } from './verdict';

/** So many characters cannot be guessed by trying, even with the full quota of an inbox. */
const unguessableLength = 16;

/**
 * The secrets that an inbox masks. Someone who can post to one and read it could test thousands of guesses
 * there: guessable values are masked only where they can arrive, i.e. those of webhooks that send to this
 * Strapi.
 */
export const hiddenValues = (
  webhooks: readonly SecretsOfWebhook[],
  leadsHere: (url: string) => boolean,
): string[] =>
  webhooks.flatMap(({ url, secrets, secretHeaders, secretAddress }) => [
    ...secrets,
    // Most of a URL is known, so that a long one can be guessed too; and it is sent to its own host only.
    ...(leadsHere(url) ? secretAddress : []),
    ...secretHeaders.filter((value) => value.length >= unguessableLength || leadsHere(url)),
  ]);
