/**
 * Verifies a request that an inbox caught as any receiver would: with the library of Standard Webhooks, over the
 * exact bytes, with the secret that the administrator copied.
 *
 * @param {{ headers: [string, string][], bodyBase64: string }} request `GET /event-webhooks/inboxes/:token/requests/:id`
 * @param {string} secret `whsec_…`
 * @returns {Promise<{ type: string, timestamp: string, data: Record<string, unknown> }>} its body
 * @throws when the signature is not the secret's, or its time is more than five minutes away
 */
export async function verifiedBody(request, secret) {
  const { Webhook } = await import('standardwebhooks');
  const headers = Object.fromEntries(request.headers.map(([name, value]) => [name.toLowerCase(), value]));
  return new Webhook(secret).verify(Buffer.from(request.bodyBase64, 'base64'), headers);
}

/** The value of a header of such a request, or undefined. */
export const headerOf = (request, wanted) =>
  request.headers.find(([name]) => name.toLowerCase() === wanted)?.[1];
