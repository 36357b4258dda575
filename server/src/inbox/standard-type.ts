import { maxEventTypeLength } from '../../../contracts';

/**
 * The event type of a Standard Webhooks 1.0 body (`{ type, timestamp, data }`), or null. Other senders can
 * use any spelling for their types, so only length and control characters are checked.
 */
export function standardTypeOf(body: Buffer): string | null {
  const value = parse(body);
  if (typeof value !== 'object' || value === null) return null;
  const { type, timestamp, data } = value as { type?: unknown; timestamp?: unknown; data?: unknown };
  if (typeof type !== 'string' || typeof timestamp !== 'string' || data === undefined) return null;
  // eslint-disable-next-line no-control-regex
  return type !== '' && type.length <= maxEventTypeLength && !/[\x00-\x1f\x7f]/.test(type) ? type : null;
}

function parse(body: Buffer): unknown {
  if (body[0] !== 0x7b && !/^\s*\{/.test(body.subarray(0, 64).toString('latin1'))) return null;
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    return null;
  }
}
