/**
 * What a receiver on the internet would have answered to a test event: for pictures nothing leaves this machine. It is
 * of the shape of `TestResult` in the contracts.
 */
export function testAnswer(host, ok) {
  const messageId = 'msg_test_2KWPBgLlAfxdpx2AI54p';
  const body = {
    type: 'payment.received',
    timestamp: '2026-11-24T13:56:12.000Z',
    data: {
      payment_reference_code: 'INV-2026-0412',
      payment_total: '$ 58.80',
      payment_gateway: 'stripe',
      membership_status: 'active',
      customer_name: 'Olena Kovalenko',
      customer_email: 'olena@example.com',
    },
  };
  const request = {
    method: 'POST',
    url: `https://${host}/hooks/payments`,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Strapi-Event-Webhooks/0.1',
      'webhook-id': messageId,
      'webhook-timestamp': '1795528572',
      'webhook-signature': 'v1,kRr0gM7c2v0sUpGZ4lY5yq1cT1u0k0nqfQ8m9Zb3x3A=',
      'x-webhook-test': 'true',
    },
    body: JSON.stringify(body),
  };
  const good = {
    status: 200,
    statusText: 'OK',
    headers: { 'content-type': 'application/json' },
    body: '{"received":true}',
  };
  const bad = {
    ...{
      status: 503,
      statusText: 'Service Unavailable',
      body: '<h1>503 Service Temporarily Unavailable</h1>',
    },
    headers: { 'content-type': 'text/html', 'retry-after': '240', server: 'nginx' },
  };
  return {
    ...{ ok, deliveryId: 1, messageId, eventType: body.type, host, request, error: null },
    durationMs: ok ? 84 : 210,
    code: ok ? null : 'http_5xx',
    response: { ...(ok ? good : bad), truncated: false },
  };
}
