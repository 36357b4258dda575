import { isReservedHeader } from '../../../../contracts/webhook-input';

/**
 * The headers of one attempt (Standard Webhooks 1.0, "Webhook headers"). Custom ones are added unless they
 * would replace a reserved one; names keep their saved spelling.
 */
export function requestHeaders(input: {
  id: string;
  /** Unix seconds of this attempt. */
  timestampSeconds: number;
  /** As `sign` gives it. */
  signature: string;
  test: boolean;
  custom: readonly { name: string; value: string }[];
  /** Null where there is no body. */
  contentType: string | null;
  /** Version of the plugin. */
  version: string;
}): Record<string, string> {
  const custom = input.custom.filter(({ name }) => !isReservedHeader(name));
  return {
    ...Object.fromEntries(custom.map(({ name, value }) => [name, value])),
    ...(input.contentType === null ? {} : { 'content-type': input.contentType }),
    'user-agent': `Strapi-Event-Webhooks/${input.version}`,
    'webhook-id': input.id,
    'webhook-timestamp': String(input.timestampSeconds),
    'webhook-signature': input.signature,
    ...(input.test ? { 'webhook-test': 'true' } : {}),
  };
}
