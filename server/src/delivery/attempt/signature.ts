import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const secretPrefix = 'whsec_';
/** Standard Webhooks 1.0 requires 24 to 64 random bytes. */
const secretBytes = 32;
/** The clock difference between sender and receiver that the libraries of Standard Webhooks allow. */
const defaultToleranceSeconds = 5 * 60;

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const signatureEntry = /^v\d+[a-z]*,\S+$/;

/** A secret that is not base64 after its optional `whsec_`; the message does not repeat it. */
export class InvalidSecretError extends Error {
  readonly code = 'INVALID_SECRET';

  constructor() {
    super('the signing secret is not base64');
    this.name = 'InvalidSecretError';
  }
}

/** A new signing secret: `whsec_` and the base64 of 32 random bytes. */
export function newSecret(random: (bytes: number) => Buffer = randomBytes): string {
  return secretPrefix + random(secretBytes).toString('base64');
}

/**
 * The value of `webhook-signature`: one `v1,<base64>` for each secret, in their order, separated by spaces
 * (Standard Webhooks 1.0, "Signature scheme"). Throws `InvalidSecretError`.
 */
export function sign(input: {
  id: string;
  /** Unix seconds of this attempt. */
  timestampSeconds: number;
  body: string | Buffer;
  secrets: readonly string[];
}): string {
  return input.secrets.map((secret) => signOnce(secret, input)).join(' ');
}

/**
 * The HMAC itself and not the library's `sign`: that one computes SHA-256 in JavaScript, a fifth of the cost
 * of an attempt with a body of 1.4 kB; and it decodes a Buffer as UTF-8 before it signs, so that a body that
 * is not valid UTF-8 would be signed as replacement characters. The tests compare the two.
 */
function signOnce(
  secret: string,
  { id, timestampSeconds, body }: { id: string; timestampSeconds: number; body: string | Buffer },
): string {
  return signBytes(keyOf(secret), id, timestampSeconds, body);
}

function signBytes(key: Buffer, id: string, timestampSeconds: number, body: string | Buffer): string {
  const hmac = createHmac('sha256', key).update(`${id}.${timestampSeconds}.`).update(body);
  return `v1,${hmac.digest('base64')}`;
}

export type Verification =
  | { ok: true; ageSeconds: number }
  | { ok: false; reason: 'missing' | 'malformed' | 'too_old' | 'in_future' | 'no_match' };

/**
 * Whether a request was signed with this secret. `headers` by any spelling of their names; `body` the exact
 * bytes. The signature is checked before the time, so `too_old` means that it did match. Throws
 * `InvalidSecretError`.
 *
 * Not the library's `verify`: it reads bodies as UTF-8, has a clock of its own and reports in sentences only.
 */
export function verify(input: {
  headers: Record<string, string | undefined>;
  body: Buffer;
  secret: string;
  /** Unix seconds. */
  nowSeconds: number;
  toleranceSeconds?: number;
}): Verification {
  const headers = new Map(Object.entries(input.headers).map(([name, value]) => [name.toLowerCase(), value]));
  const id = headers.get('webhook-id');
  const timestamp = headers.get('webhook-timestamp');
  const signatures = headers.get('webhook-signature');
  if (!id || !timestamp || !signatures) return { ok: false, reason: 'missing' };

  const entries = signatures.split(' ').filter((entry) => signatureEntry.test(entry));
  if (!/^\d{1,12}$/.test(timestamp) || entries.length === 0) return { ok: false, reason: 'malformed' };

  const timestampSeconds = Number(timestamp);
  const expected = signBytes(keyOf(input.secret), id, timestampSeconds, input.body);
  if (!entries.some((entry) => equalInConstantTime(entry, expected)))
    return { ok: false, reason: 'no_match' };

  const ageSeconds = input.nowSeconds - timestampSeconds;
  const tolerance = input.toleranceSeconds ?? defaultToleranceSeconds;
  if (ageSeconds > tolerance) return { ok: false, reason: 'too_old' };
  if (ageSeconds < -tolerance) return { ok: false, reason: 'in_future' };
  return { ok: true, ageSeconds };
}

function equalInConstantTime(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Strict where Node is lenient: `Buffer.from` would skip invalid base64 and sign with a shorter key. */
function keyOf(secret: string): Buffer {
  const text = secret.startsWith(secretPrefix) ? secret.slice(secretPrefix.length) : secret;
  if (text === '' || !base64.test(text)) throw new InvalidSecretError();
  return Buffer.from(text, 'base64');
}
