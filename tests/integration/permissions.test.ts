import { permissions } from '../../contracts';
import type { PermissionName } from '../../contracts';
import type { UID } from '@strapi/strapi';
import { access, businessEvent, mayPass } from './harness/access';
import type { Access, Right, Things } from './harness/access';
import { addWebhook, startPlayground } from './harness/playground';
import type { Playground } from './harness/playground';
import { Receiver } from './harness/receiver';
import { until } from './harness/wait';

const names = Object.keys(permissions) as PermissionName[];
/** Roles of one permission each, one that has none of ours, and those for which one alone is not enough. */
const roles: readonly (readonly Right[])[] = [
  ...names.map((name) => [name]),
  [],
  ['update', 'revealSecret'],
  ['read', 'deliveriesRead'],
  ['create', 'admin::webhooks.read'],
  [...names, 'admin::webhooks.read'],
];
const title = (role: readonly Right[]) =>
  role.length > names.length ? 'everything' : role.join(' and ') || 'nothing of ours';
/** Something that is not there. */
const nothing = 999_999;

/** What stands where, and by which permissions it may be read: one of them is enough. Of nobody's nothing may be seen. */
const guarded: Record<string, readonly Right[]> = {
  // The log names the webhook and its host, also when it is gone.
  'marker-name': ['read', 'deliveriesRead'],
  'marker-url': ['read'],
  'marker-plain-header': ['read'],
  'marker-secret-header': [],
  whsec_: ['revealSecret'],
  'marker-entry': ['deliveriesRead'],
  'marker-answer': ['deliveriesRead'],
  'marker-mail@example.com': ['settingsRead'],
  'marker-pause': ['read', 'settingsRead'],
  'marker-inbox-name': ['inboxRead'],
  'marker-inbox-body': ['inboxRead'],
  'marker-core': ['admin::webhooks.read'],
  // Who adds a webhook chooses its events.
  '"sample"': ['eventsRead', 'read', 'create'],
};

/** Answers to what changed something, for who may not read it. */
const tellsNoMoreThan = ['id', 'deliveryId', 'messageId', 'token', 'changed', 'eventType'];
/** They change nothing and tell of nothing that is guarded: no count, a verdict on a typed URL, the events to choose from, what was entered. */
const exceptions: ReadonlySet<string> = new Set([
  'POST /replays/count',
  'POST /webhooks/actions/check-url',
  'GET /event-types',
  'POST /webhooks/actions/preview',
  'POST /business-events/actions/preview',
  'GET /conditions/choices',
  'GET /fields',
  'GET /business-events/subjects',
]);
const readOf: Partial<Record<PermissionName, PermissionName>> = {
  create: 'read',
  update: 'read',
  test: 'read',
  trigger: 'read',
  deliveriesResend: 'deliveriesRead',
  eventsManage: 'eventsRead',
  inboxManage: 'inboxRead',
  settingsUpdate: 'settingsRead',
};

describe('every route demands its own permission, and answers with nothing of another (guarantee 26)', () => {
  let playground: Playground;
  let receiver: Receiver;
  let author: { documentId: string };
  const tokens = new Map<string, string>();

  /** An administrator whose role has these permissions. */
  async function login(has: readonly Right[], index: number): Promise<string> {
    const { body: role } = await playground.admin<{ data: { id: number } }>('POST', '/admin/roles', {
      name: `Role ${index}`,
      description: title(has),
    });
    const granted = has.map((name) => ({
      action: name === 'admin::webhooks.read' ? name : permissions[name],
      ...{ subject: null, conditions: [], properties: {} },
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

  const webhook = () => ({
    url: receiver.url('/marker-url'),
    name: 'marker-name',
    events: ['author.updated'],
    headers: [
      { name: 'x-plain', value: 'marker-plain-header', secret: false },
      { name: 'x-secret', value: 'marker-secret-header', secret: true },
    ],
  });

  /** A delivery of a real entry that has failed once, by a webhook with this schedule. */
  async function failed(retryScheduleSeconds: number[]): Promise<number> {
    const { id } = await addWebhook(playground, { ...webhook(), retryScheduleSeconds });
    const { body } = await playground.admin<{ deliveryId: number }>(
      'POST',
      `/event-webhooks/webhooks/${id}/trigger`,
      {
        eventType: 'author.updated',
        entry: { uid: 'api::author.author', documentId: author.documentId },
      },
    );
    await until('the first try', async () =>
      (await playground.rows('event_webhooks_attempts')).some(
        ({ delivery_id: of }) => Number(of) === body.deliveryId,
      ),
    );
    return body.deliveryId;
  }

  const things: Things = {
    webhook: async () => (await addWebhook(playground, webhook())).id,
    businessEvent: async () =>
      (await playground.admin<{ id: number }>('POST', '/event-webhooks/business-events', businessEvent()))
        .body.id,
    delivery: () => failed([]),
    waiting: () => failed([3600]),
    replay: async () => {
      const ids = [await failed([])];
      return (await playground.admin<{ id: number }>('POST', '/event-webhooks/replays', { ids })).body.id;
    },
    inbox: async () =>
      (
        await playground.admin<{ token: string }>('POST', '/event-webhooks/inboxes', {
          name: 'marker-inbox-name',
        })
      ).body.token,
    caught: async () => {
      const token = await things.inbox();
      await fetch(`${playground.url}/event-webhooks/in/${token}`, {
        method: 'POST',
        body: 'marker-inbox-body',
      });
      const { body } = await playground.admin<{ results: { id: number }[] }>(
        'GET',
        `/event-webhooks/inboxes/${token}/requests`,
      );
      return `${token}/requests/${body.results[0]?.id}`;
    },
  };

  async function ask({ route, id, body }: Access, token: string, passes: boolean) {
    const [method, path = ''] = route.split(' ');
    // Who is refused is so before anything is looked up.
    const named = passes && id ? await things[id]() : nothing;
    const target = path
      .replace(':token/requests/:id', named === nothing ? 'none/requests/1' : String(named))
      .replace(/:id|:token/, String(named));
    const response = await fetch(`${playground.url}/event-webhooks${target}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: body && JSON.stringify(body(named)),
    });
    return { status: response.status, text: await response.text() };
  }

  beforeAll(async () => {
    receiver = await new Receiver().start();
    receiver.answer = () => ({ status: 500, body: 'marker-answer' });
    playground = await startPlayground();
    author = (await playground.strapi
      .documents('api::author.author' as UID.ContentType)
      .create({ data: { name: 'marker-entry' } as never })) as unknown as { documentId: string };
    await playground.admin('PUT', '/event-webhooks/settings', { notify: ['marker-mail@example.com'] });
    await (
      playground.strapi.get('webhookStore') as { createWebhook(of: object): Promise<unknown> }
    ).createWebhook({
      ...{ name: 'marker-core', url: 'https://core.example.com/marker-core', headers: {} },
      ...{ events: ['entry.create'], isEnabled: true },
    });
    for (const [index, role] of roles.entries()) tokens.set(title(role), await login(role, index));
  }, 120_000);
  afterAll(async () => {
    await playground?.stop();
    await receiver?.stop();
  });

  it.each(roles.map((role) => [title(role), role] as const))(
    'a role that may only %s',
    async (name, role) => {
      const token = tokens.get(name) ?? '';
      const hidden = Object.entries(guarded).filter(([, by]) => !by.some((right) => role.includes(right)));
      for (const row of access) {
        const passes = mayPass(row, role);
        const { status, text } = await ask(row, token, passes);
        expect([row.route, status]).toEqual([row.route, passes ? row.answers : 403]);
        const told = hidden.filter(([marker]) => text.includes(marker)).map(([marker]) => marker);
        expect([row.route, told]).toEqual([row.route, []]);
        const [only] = role;
        const read = role.length === 1 && only && only in readOf ? readOf[only as PermissionName] : undefined;
        if (passes && read && status < 300 && !exceptions.has(row.route))
          expect([row.route, ...Object.keys(JSON.parse(text) as object)]).toEqual([
            row.route,
            ...Object.keys(JSON.parse(text) as object).filter((key) => tellsNoMoreThan.includes(key)),
          ]);
      }
    },
  );

  it('who may only resend searches nothing', async () => {
    const ids = [await things.delivery()];
    const token = tokens.get('deliveriesResend') ?? '';
    const questions = [
      { text: 'marker-entry' },
      { documentId: author.documentId },
      { code: 'http_5xx' },
      { httpStatus: 500 },
      { eventType: 'author.updated' },
      { ids, state: 'failed' },
    ];
    for (const question of questions) {
      for (const route of ['POST /replays/count', 'POST /replays'] as const) {
        const row = { route, needs: { all: [] }, answers: 403, body: () => question };
        const { status, text } = await ask(row, token, true);
        expect([question, status]).toEqual([question, 403]);
        expect(text).toContain('see deliveries');
      }
    }
    const counted = await ask(
      { route: 'POST /replays/count', needs: { all: [] }, answers: 200, body: () => ({ ids }) },
      token,
      true,
    );
    expect(JSON.parse(counted.text)).toEqual({ count: null, more: false, refusals: [], off: [] });
  });

  it('an inbox names the webhook that signed a request to who may know of webhooks', async () => {
    const token = await things.inbox();
    const { body: made } = await playground.admin<{ inbox: { url: string } }>(
      'GET',
      `/event-webhooks/inboxes/${token}/requests`,
    );
    const { id } = await addWebhook(playground, { ...webhook(), url: made.inbox.url });
    await playground.admin('POST', '/event-webhooks/webhooks/actions/test', {
      ...{ webhookId: id, eventType: 'author.updated' },
    });
    const list = { route: `GET /inboxes/${token}/requests`, needs: { all: [] }, answers: 200 };
    const seen = async (role: string) => (await ask(list, tokens.get(role) ?? '', false)).text;
    const first = JSON.parse(await seen('everything')) as { results: { id: number }[] };
    expect(first.results).toMatchObject([{ signature: { verdict: 'verified', webhookId: id } }]);
    const one = { ...list, route: `GET /inboxes/${token}/requests/${first.results[0]?.id}` };
    for (const row of [list, one]) {
      const { text } = await ask(row, tokens.get('inboxRead') ?? '', false);
      expect(text).toContain('"verified"');
      expect(text).not.toContain('marker-name');
      expect(text).toContain('"webhookId":null');
    }
  });

  it('what a route does not know is refused by its name, in its query and in its body', async () => {
    for (const row of access) {
      const [method, path = ''] = row.route.split(' ');
      const target = `${playground.url}/event-webhooks${path.replace(/:id|:token/g, '1')}`;
      const token = tokens.get('everything') ?? '';
      const call = async (url: string, body?: unknown) => {
        const response = await fetch(url, {
          method,
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          ...(body !== undefined && { body: JSON.stringify(body) }),
        });
        return { status: response.status, text: await response.text() };
      };
      const asked = await call(`${target}?surprise=1`, method === 'GET' ? undefined : (row.body?.(1) ?? {}));
      expect([row.route, asked.status, asked.text.includes('surprise')]).toEqual([row.route, 400, true]);
      if (method === 'GET' || method === 'DELETE') continue;
      const told = await call(target, { ...(row.body?.(1) as object), surprise: 1 });
      expect([row.route, told.status, told.text.includes('surprise')]).toEqual([row.route, 400, true]);
    }
  });

  it('without a session no route answers', async () => {
    for (const row of access)
      expect([row.route, (await ask(row, 'nobody', false)).status]).toEqual([row.route, 401]);
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
