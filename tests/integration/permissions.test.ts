import { permissions } from '../../contracts';
import type { PermissionName } from '../../contracts';
import { access, mayPass } from './harness/access';
import type { Access, Things } from './harness/access';
import { addWebhook, startPlayground } from './harness/playground';
import type { Playground } from './harness/playground';
import { until } from './harness/wait';

const names = Object.keys(permissions) as PermissionName[];
/** Roles of one permission each, one that has none of ours, and those for which one alone is not enough. */
const roles: readonly (readonly PermissionName[])[] = [
  ...names.map((name) => [name]),
  [],
  ['update', 'revealSecret'],
  ['read', 'deliveriesRead'],
];
const title = (role: readonly PermissionName[]) => role.join(' and ') || 'nothing of ours';
/** Something that is not there. */
const nothing = 999_999;

describe('every route demands its own permission (guarantee 26)', () => {
  let playground: Playground;
  const tokens = new Map<string, string>();

  /** An administrator whose role has these permissions. */
  async function login(has: readonly PermissionName[], index: number): Promise<string> {
    const { body: role } = await playground.admin<{ data: { id: number } }>('POST', '/admin/roles', {
      name: `Role ${index}`,
      description: title(has),
    });
    const granted = has.map((name) => ({
      ...{ action: permissions[name], subject: null, conditions: [], properties: {} },
    }));
    await playground.admin('PUT', `/admin/roles/${role.data.id}/permissions`, { permissions: granted });
    const user = { email: `role${index}@example.com`, password: 'Webhooks-2026', firstname: 'Somebody' };
    await playground.strapi.service('admin::user').create({ ...user, isActive: true, roles: [role.data.id] });
    const answer = await fetch(`${playground.url}/admin/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: user.email, password: user.password }),
    });
    return ((await answer.json()) as { data: { token: string } }).data.token;
  }

  const things: Things = {
    webhook: async () => (await addWebhook(playground, { ...webhook, name: 'Theirs' })).id,
    delivery: async () => {
      const { id } = await addWebhook(playground, { ...webhook, retryScheduleSeconds: [] });
      await playground.admin('POST', `/event-webhooks/webhooks/${id}/trigger`, {});
      let failed: number | undefined;
      await until('a failed delivery', async () => {
        const { body } = await playground.admin<{ results: { id: number; state: string }[] }>(
          'GET',
          `/event-webhooks/deliveries?webhook=${id}`,
        );
        failed = body.results.find(({ state }) => state === 'failed')?.id;
        return failed !== undefined;
      });
      return failed ?? nothing;
    },
    inbox: async () =>
      (await playground.admin<{ token: string }>('POST', '/event-webhooks/inboxes', { name: 'Theirs' })).body
        .token,
  };
  // Nothing listens at this port.
  const webhook = { url: 'http://127.0.0.1:9/', events: ['payment.received'] };

  async function ask({ route, id, body }: Access, token: string, passes: boolean): Promise<number> {
    const [method, path = ''] = route.split(' ');
    // Who is refused is so before anything is looked up.
    const named = passes && id ? await things[id]() : nothing;
    const target = path
      .replace(/:id$/, id === 'inbox' ? String(nothing) : ':id')
      .replace(':id', String(named))
      .replace(':token', String(named));
    const response = await fetch(`${playground.url}/event-webhooks${target}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: body && JSON.stringify(body(named)),
    });
    return response.status;
  }

  beforeAll(async () => {
    playground = await startPlayground();
    for (const [index, role] of roles.entries()) tokens.set(title(role), await login(role, index));
  }, 120_000);
  afterAll(async () => {
    await playground?.stop();
  });

  it.each(roles.map((role) => [title(role), role] as const))(
    'a role that may only %s',
    async (name, role) => {
      for (const row of access) {
        const passes = mayPass(row, role);
        const status = await ask(row, tokens.get(name) ?? '', passes);
        expect([row.route, status]).toEqual([row.route, passes ? row.answers : 403]);
      }
    },
  );

  it('without a session no route answers', async () => {
    for (const row of access) expect([row.route, await ask(row, 'nobody', false)]).toEqual([row.route, 401]);
  });

  it('every route that is registered stands in the table, and every one in the table is registered', () => {
    const { admin } = playground.strapi.plugin('event-webhooks').routes as unknown as {
      admin: { routes: { method: string; path: string }[] };
    };
    const registered = new Set(admin.routes.map(({ method, path }) => `${method} ${path}`));
    expect([...new Set(access.map(({ route }) => route))].sort()).toEqual([...registered].sort());
  });

  it('every permission opens something', () => {
    const opened = access.flatMap(({ needs }) => ('any' in needs ? needs.any : needs.all));
    expect(names.filter((name) => !opened.includes(name))).toEqual([]);
  });
});
