/** The webhooks of the site in `site.mjs`, and what is sent to their receivers and answered by them. */
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** How many arrived in each of the last 24 hours, the present one last. */
const busy = [5, 4, 3, 2, 2, 1, 1, 2, 4, 5, 6, 7, 9, 8, 7, 8, 10, 9, 8, 7, 6, 7, 6, 4];
const byDay = [0, 0, 0, 0, 0, 0, 0, 0, 2, 4, 3, 2, 0, 3, 5, 2, 1, 1, 0, 0, 0, 1, 0, 1];
const builds = [0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 1, 2, 0, 1, 3, 2, 0, 1, 0, 0, 1, 0, 1, 0];
const crm = [6, 5, 4, 3, 3, 2, 4, 6, 8, 9, 10, 12, 11, 9, 10, 12, 13, 10, 8, 6, 2, 1, 0, 0];
export const none = [];

/** `fails` is told in `failuresOf`; `set` are columns of the webhook's own row. */
export const siteWebhooks = (now) => [
  {
    name: 'Accounting: payments',
    url: 'https://accounting.example.com/hooks/payments',
    events: ['payment.received', 'invoice.sent'],
    arrived: busy,
    headers: [{ name: 'x-ledger', value: 'webshop', secret: false }],
  },
  {
    name: 'CRM sync',
    url: 'https://crm.example.com/hooks/strapi',
    events: [
      'membership.updated',
      'customer.created',
      'customer.updated',
      'membership.created',
      'payment.received',
    ],
    arrived: crm,
    fails: true,
    // A typical receiver of a company: slow at times.
    slow: true,
    set: {
      held_until: now + 40 * minuteMs,
      held_reason: 'breaker',
      failures: 5,
      failing_since: now - 3 * hourMs,
      last_failure_at: now - 4 * minuteMs,
      breaker_level: 1,
    },
  },
  {
    name: 'Editors’ chat',
    url: 'https://chat.example.com/hooks/editorial',
    events: ['article.published', 'article.updated', 'article.unpublished'],
    arrived: byDay,
  },
  {
    name: 'Loyalty app',
    url: 'https://loyalty.example.org/events',
    events: ['membership.created'],
    arrived: none,
    set: { active: 0 },
    skipped: 3,
  },
  {
    name: 'Old mailing list',
    url: 'https://lists.example.org/subscribe',
    events: ['customer.created'],
    arrived: none,
    set: {
      active: 0,
      disabled_reason: 'failing',
      disabled_at: now - 26 * hourMs,
      failing_since: now - 6 * 24 * hourMs,
    },
    skipped: 38,
  },
  {
    name: 'Website build',
    url: 'https://build.example.net/hooks/website',
    events: ['article.published', 'product.*', 'homepage.published'],
    arrived: builds,
  },
];

export const requestHeaders = (host, messageId, at) =>
  JSON.stringify({
    'content-type': 'application/json',
    host,
    'user-agent': 'Strapi-Event-Webhooks/0.1',
    'webhook-id': messageId,
    'webhook-timestamp': String(Math.floor(at / 1000)),
    'webhook-signature': 'v1,kRr0gM7c2v0sUpGZ4lY5yq1cT1u0k0nqfQ8m9Zb3x3A=',
  });

export const answers = {
  200: ['OK', { 'content-type': 'application/json', server: 'nginx' }, '{"received":true}'],
  503: [
    'Service Unavailable',
    { 'content-type': 'text/html', 'retry-after': '240', server: 'nginx' },
    '<h1>503 Service Temporarily Unavailable</h1>',
  ],
};

/** Of what nature each of the CRM's failed tries was. */
export const failures = [
  ['timeout', null, 15_000, 'no answer within 15000 ms'],
  ['http_5xx', 503, 210, null],
  ['timeout', null, 15_000, 'no answer within 15000 ms'],
  ['timeout', null, 15_000, 'no answer within 15000 ms'],
  ['connection_reset', null, 1240, 'read ECONNRESET'],
];
