import { setImmediate } from 'node:timers/promises';
import type { SignatureVerdict } from '../../../contracts';
import { inboxPath } from './token';

/** The webhooks of this Strapi with their live signing secrets, in the clear. */
export interface SecretSource {
  secretsOf(): Promise<readonly SecretsOfWebhook[]>;
}

export interface SecretsOfWebhook {
  webhookId: number;
  webhookName: string;
  secrets: readonly string[];
  host: string;
  url: string;
}

/** Header names in lower case; `body` the exact bytes. May throw for a secret that is none. */
export type Verify = (input: {
  headers: Record<string, string | undefined>;
  body: Buffer;
  secret: string;
  /** Unix seconds. */
  nowSeconds: number;
}) =>
  | { ok: true; ageSeconds: number }
  | { ok: false; reason: 'missing' | 'malformed' | 'too_old' | 'in_future' | 'no_match' };

type InvalidReason = Extract<SignatureVerdict, { verdict: 'invalid' }>['reason'];

/**
 * By which webhook a request was signed, or why by none. The webhooks that point at this inbox are asked
 * first. The reason of a secret that says more than "no match" (matched, but too old) is the one told.
 */
export async function judgeSignature(input: {
  token: string;
  headers: Record<string, string | undefined>;
  body: Buffer;
  nowSeconds: number;
  secrets: SecretSource;
  verify: Verify;
}): Promise<SignatureVerdict> {
  if (input.headers['webhook-signature'] === undefined) return { verdict: 'unsigned' };
  const own = inboxPath(input.token);
  const webhooks = await input.secrets.secretsOf();
  const ordered = [
    ...webhooks.filter((webhook) => webhook.url.includes(own)),
    ...webhooks.filter((webhook) => !webhook.url.includes(own)),
  ];
  let reason: InvalidReason = 'no_match';
  for (const webhook of ordered) {
    for (const secret of webhook.secrets) {
      const verification = tryVerify(input, secret);
      if (verification.ok)
        return {
          verdict: 'verified',
          webhookId: webhook.webhookId,
          webhookName: webhook.webhookName,
          ageSeconds: verification.ageSeconds,
        };
      if (verification.reason !== 'no_match')
        reason = verification.reason === 'missing' ? 'malformed' : verification.reason;
    }
    // Hashing 2 MiB takes some milliseconds; with many webhooks others get their turn in between.
    await setImmediate();
  }
  return { verdict: 'invalid', reason };
}

/** A secret that cannot be read as one signed nothing; it must not hide the verdict of the others. */
function tryVerify(
  input: { headers: Record<string, string | undefined>; body: Buffer; nowSeconds: number; verify: Verify },
  secret: string,
): ReturnType<Verify> {
  const { headers, body, nowSeconds, verify } = input;
  try {
    return verify({ headers, body, secret, nowSeconds });
  } catch {
    return { ok: false, reason: 'no_match' };
  }
}
