import { permissions } from '../../contracts';
import type { PermissionName } from '../../contracts';
import { addWebhook, startPlayground } from './harness/playground';
import type { Playground } from './harness/playground';

type Route = [method: string, path: string, allowed: PermissionName[], body?: unknown];

const form = { name: 'New', url: 'http://127.0.0.1:9/', events: ['payment.received'] };

/** Which permissions let a role pass; where more than one stands, each alone is enough. */
const routes: Route[] = [
  ['GET', '/webhooks', ['read']],
  ['GET', '/webhooks/1', ['read']],
  ['POST', '/webhooks', ['create'], form],
  ['PUT', '/webhooks/1', ['update'], form],
  ['POST', '/webhooks/actions/bulk', ['update'], { ids: [1], action: 'enable' }],
  ['POST', '/webhooks/actions/bulk', ['delete'], { ids: [999], action: 'delete' }],
  ['POST', '/webhooks/actions/check-url', ['create', 'update'], { url: form.url }],
  ['POST', '/webhooks/actions/test', ['test'], { webhookId: 1, eventType: 'payment.received' }],
  ['GET', '/webhooks/1/secret', ['revealSecret']],
  ['GET', '/importable', ['create']],
  ['POST', '/importable/import', ['create'], { ids: [1] }],
  ['GET', '/event-types', ['eventsRead', 'read']],
  ['GET', '/deliveries', ['deliveriesRead']],
  ['GET', '/deliveries/1', ['deliveriesRead']],
  ['POST', '/deliveries/999/resend', ['deliveriesResend']],
  ['POST', '/deliveries/999/cancel', ['deliveriesResend']],
  ['GET', '/inboxes', ['inboxRead']],
  ['POST', '/inboxes', ['inboxManage'], {}],
  ['GET', '/inboxes/none/requests', ['inboxRead']],
  ['DELETE', '/inboxes/none/requests', ['inboxManage']],
  ['DELETE', '/inboxes/none', ['inboxManage']],
];

describe('every route demands its own permission (guarantee 26)', () => {
  let playground: Playground;
  const tokens = new Map<PermissionName, string>();

  /** An administrator whose role has this one permission. */
  async function login(name: PermissionName): Promise<string> {
    const { body: role } = await playground.admin<{ data: { id: number } }>('POST', '/admin/roles', {
      name,
      description: name,
    });
    const permission = { action: permissions[name], subject: null, conditions: [], properties: {} };
    await playground.admin('PUT', `/admin/roles/${role.data.id}/permissions`, { permissions: [permission] });
    const user = { email: `${name.toLowerCase()}@example.com`, password: 'Webhooks-2026', firstname: name };
    await playground.strapi.service('admin::user').create({ ...user, isActive: true, roles: [role.data.id] });
    const answer = await fetch(`${playground.url}/admin/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: user.email, password: user.password }),
    });
    return ((await answer.json()) as { data: { token: string } }).data.token;
  }

  beforeAll(async () => {
    playground = await startPlayground();
    await addWebhook(playground, { ...form, name: 'First' });
    for (const name of Object.keys(permissions) as PermissionName[]) tokens.set(name, await login(name));
  });
  afterAll(async () => {
    await playground?.stop();
  });

  it.each(Object.keys(permissions) as PermissionName[])('a role that may only %s', async (name) => {
    for (const [method, path, allowed, body] of routes) {
      const { status } = await fetch(`${playground.url}/event-webhooks${path}`, {
        method,
        headers: { authorization: `Bearer ${tokens.get(name)}`, 'content-type': 'application/json' },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      const passed = status !== 401 && status !== 403;
      expect([method, path, passed]).toEqual([method, path, allowed.includes(name)]);
    }
  });

  it('the routes that are tested are the routes that there are', () => {
    const served = playground.strapi.plugin('event-webhooks').routes as unknown as {
      admin: { routes: { method: string; path: string }[] };
    };
    const known = new Set(
      routes.map(
        ([method, path]) =>
          `${method} ${path.replace(/\/(1|999)(?=\/|$)/, '/:id').replace('/none', '/:token')}`,
      ),
    );
    const missing = served.admin.routes
      .map(({ method, path }) => `${method} ${path}`)
      .filter((route) => !known.has(route));
    expect(missing.sort()).toEqual([
      'DELETE /webhooks/:id',
      'GET /inboxes/:token/requests/:id',
      'POST /webhooks/:id/secret/rotate',
      'PUT /inboxes/:token',
    ]);
  });
});
