import { Webhook } from 'standardwebhooks';
import type { Received } from './receiver';

/** Whether a request was signed with this secret, by the reference library of Standard Webhooks. */
export function verifies(request: Received | undefined, secret: string): boolean {
  if (!request) return false;
  const name = (header: string) => String(request.headers[header]);
  try {
    new Webhook(secret).verify(request.body.toString('utf8'), {
      'webhook-id': name('webhook-id'),
      'webhook-timestamp': name('webhook-timestamp'),
      'webhook-signature': name('webhook-signature'),
    });
    return true;
  } catch {
    return false;
  }
}
