import { inboxPath, inboxTokenOf, inboxTokenOfPath, inboxUrl, newInboxToken } from './token';

const token = 'AbCdEfGhIjKlMnOpQrStUv-_';
const path = `/event-webhooks/in/${token}`;

describe('newInboxToken', () => {
  it('is url-safe, has at least 128 bits and never comes twice', () => {
    const tokens = Array.from({ length: 1000 }, () => newInboxToken());
    expect(new Set(tokens).size).toBe(1000);
    for (const made of tokens) {
      expect(made).toMatch(/^[A-Za-z0-9_-]+$/);
      expect(Buffer.from(made, 'base64url').length * 8).toBeGreaterThanOrEqual(128);
    }
  });
});

describe('inboxUrl', () => {
  it.each([
    ['http://localhost:1337', `http://localhost:1337${path}`],
    ['https://example.com/cms/', `https://example.com/cms${path}`],
  ])('stands below %s', (server, url) => expect(inboxUrl(server, token)).toBe(url));
});

describe('inboxTokenOfPath', () => {
  it.each([inboxPath(token), `${path}/`])('reads the token of %s', (given) =>
    expect(inboxTokenOfPath(given)).toBe(token),
  );
  it.each([
    '/',
    '/event-webhooks/in',
    '/event-webhooks/in/',
    '/event-webhooks/inboxes',
    `${path}/more`,
    `/api${path}`,
  ])('leaves %s alone', (given) => expect(inboxTokenOfPath(given)).toBeNull());
  it('knows the path of the server itself, stripped by a proxy or not', () => {
    expect(inboxTokenOfPath(`/cms${path}`, '/cms')).toBe(token);
    expect(inboxTokenOfPath(path, '/cms')).toBe(token);
    expect(inboxTokenOfPath(`/cmsx${path}`, '/cms')).toBeNull();
  });
});

describe('inboxTokenOf', () => {
  const servers = ['https://cms.example.com', 'http://localhost:1337', 'https://example.com/cms'];
  it.each([
    `https://cms.example.com${path}`,
    `HTTPS://CMS.Example.com:443${path}?run=1`,
    `http://localhost:1337${path}/`,
    `https://example.com/cms${path}`,
  ])('finds it in %s', (url) => expect(inboxTokenOf(url, servers)).toBe(token));
  it.each([
    `https://evil.example.com${path}`,
    `http://cms.example.com${path}`,
    `https://cms.example.com:8443${path}`,
    `https://user:pw@cms.example.com${path}`,
    `https://cms.example.com${path}/../../../admin`,
    `https://cms.example.com${path}/more`,
    `https://cms.example.com/event-webhooks/in/short`,
    `https://cms.example.com/x${path}`,
    `https://example.com${path}`,
    'https://cms.example.com/admin/users',
    'no url',
  ])('does not open the guard for %s', (url) => expect(inboxTokenOf(url, servers)).toBeNull());
  it('trusts no server address that is none', () =>
    expect(inboxTokenOf(`https://x${path}`, ['', '/cms'])).toBeNull());
});
