import type { SignatureVerdict } from '../../../contracts';
import { othersTurn } from '../store/others-turn';
import { inboxPath } from './token';

/** The webhooks of this Strapi with their valid signing secrets, in plain text. */
export interface SecretSource {
  secretsOf(): Promise<readonly SecretsOfWebhook[]>;
}

export interface SecretsOfWebhook {
  webhookId: number;
  webhookName: string;
  secrets: readonly string[];
  secretHeaders: readonly string[];
  /** The parts of a secret URL that must not be revealed. */
  secretAddress: readonly string[];
  host: string;
  url: string;
}

/** Header names in lower case; `body` the exact bytes. May throw for an invalid secret. */
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
 * The webhook that signed a request, or why none did. Webhooks that point at this inbox are checked first. If
 * a secret has a more specific reason than "no match" (matched, but too old), that one is returned.
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
    // Hashing 2 MiB takes some milliseconds; with many webhooks other work gets its turn in between.
    await othersTurn();
  }
  return { verdict: 'invalid', reason };
}

/** An invalid secret has signed nothing; it must not hide the verdict of the others. */
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
