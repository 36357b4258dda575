import type { Conflict, WebhookView } from '../../contracts';
import { startPlayground } from './harness/playground';
import type { Playground } from './harness/playground';
import { parseConfig } from '../../server/src/config';

interface ApiError {
  error: { name: string; message: string; details: { errors: { path: string[]; message: string }[] } };
}

const good = { name: 'CRM', url: 'http://127.0.0.1:9/hook', events: ['payment.received'] };

describe('bad input gets an error that names the field, and nothing is half-saved (guarantees 27, 28)', () => {
  let playground: Playground;

  beforeAll(async () => {
    playground = await startPlayground();
  });
  afterAll(async () => {
    await playground?.stop();
  });

  const header = (name: string, value = 'x') => ({ headers: [{ name, value }] });

  it.each<[string, Record<string, unknown>, string]>([
    ['an empty name', { name: '  ' }, 'name'],
    ['a name that is too long', { name: 'x'.repeat(121) }, 'name'],
    ['no name', { name: undefined }, 'name'],
    ['no URL', { url: undefined }, 'url'],
    ['a URL that is none', { url: 'not a url' }, 'url'],
    ['another scheme', { url: 'ftp://example.com/' }, 'url'],
    ['a script', { url: 'javascript:alert(1)' }, 'url'],
    ['a URL with credentials', { url: 'https://user:pass@example.com/' }, 'url'],
    ['a URL that is too long', { url: `https://example.com/${'x'.repeat(2000)}` }, 'url'],
    ['a host that is too long', { url: `https://${'x'.repeat(60)}.${'a.'.repeat(98)}com/` }, 'url'],
    ['a link-local address', { url: 'http://169.254.169.254/latest/meta-data' }, 'url'],
    ['a private address', { url: 'http://10.0.0.1/' }, 'url'],
    ['no list of events', { events: undefined }, 'events'],
    ['an unknown event type', { events: ['payment.received', 'payment.recieved'] }, 'events.1'],
    ['a malformed event type', { events: ['Payment Received'] }, 'events.0'],
    ['an event that is no text', { events: [7] }, 'events.0'],
    ['a header with a line break', header('x-a', 'one\r\nx-b: two'), 'headers.0.value'],
    ['a header name with a colon', header('x:a'), 'headers.0.name'],
    ['a reserved header', header('Webhook-Signature'), 'headers.0.name'],
    ['the host header', header('Host'), 'headers.0.name'],
    [
      'a header that is named twice',
      {
        headers: [
          { name: 'x-a', value: '1' },
          { name: 'X-A', value: '2' },
        ],
      },
      'headers.1.name',
    ],
    [
      'a secret header without a value',
      { headers: [{ name: 'x-a', value: null, secret: true }] },
      'headers.0.value',
    ],
    ['a time-out of an hour', { timeoutSeconds: 3600 }, 'timeoutSeconds'],
    ['a schedule with a negative delay', { retryScheduleSeconds: [-1] }, 'retryScheduleSeconds.0'],
    ['a field that does not exist', { secret: 'mine' }, 'secret'],
  ])('%s', async (_name, change, field) => {
    const { status, body } = await playground.admin<ApiError>('POST', '/event-webhooks/webhooks', {
      ...good,
      ...change,
    });
    expect(status).toBe(400);
    expect(body.error.name).toBe('ValidationError');
    expect(body.error.details.errors.map(({ path }) => path.join('.'))).toContain(field);
    expect(body.error.message).toContain(field);
    expect(await playground.rows('event_webhooks_webhooks')).toEqual([]);
  });

  it('an update that is refused leaves the webhook as it was', async () => {
    const { body: made } = await playground.admin<{ id: number }>('POST', '/event-webhooks/webhooks', good);
    const { status } = await playground.admin('PUT', `/event-webhooks/webhooks/${made.id}`, {
      ...good,
      name: 'New',
      url: 'nonsense',
    });
    expect(status).toBe(400);
    const { body } = await playground.admin('GET', `/event-webhooks/webhooks/${made.id}`);
    expect(body).toMatchObject({ name: 'CRM', url: good.url });
    await playground.admin('DELETE', `/event-webhooks/webhooks/${made.id}`);
  });

  describe('two who edit the same webhook', () => {
    interface Saved extends WebhookView {
      error?: { name: string; message: string; details: Conflict };
    }
    let id: number;
    const call = async (method: string, body?: unknown) => {
      const answer = await playground.admin<Saved>(method, `/event-webhooks/webhooks/${id}`, body);
      return { ...answer.body, status: answer.status };
    };
    const headers = [{ name: 'x-key', value: 'a-secret-value', secret: true }];

    beforeEach(async () => {
      const made = await playground.admin<Saved>('POST', '/event-webhooks/webhooks', { ...good, headers });
      id = made.body.id;
    });
    afterEach(() => call('DELETE'));

    it('what a change does not name stays: also a switch that was turned off, and a secret value', async () => {
      await call('PUT', { active: false });
      const { status, version } = await call('PUT', { name: 'Renamed', version: 1 });
      expect([status, version]).toEqual([200, 2]);
      expect(await call('GET')).toMatchObject({ ...good, name: 'Renamed', active: false });
      const [row] = await playground.rows('event_webhooks_webhooks');
      expect(String(JSON.stringify(row?.headers))).toMatch(/k2:/);
    });

    it('the second is refused, and told who changed what; what was saved stands', async () => {
      const { version } = await call('GET');
      await call('PUT', { version, url: `${good.url}/one`, name: 'One' });
      const stale = await call('PUT', { version, url: `${good.url}/two` });
      expect(stale.status).toBe(409);
      expect(stale.error).toMatchObject({
        name: 'ConflictError',
        details: {
          version: version + 1,
          changes: [{ by: 'Anna Shevchenko', at: expect.any(Number), fields: ['name', 'url'] }],
        },
      });
      expect(await call('GET')).toMatchObject({ name: 'One', url: `${good.url}/one` });
      const kept = await call('PUT', {
        version: stale.error?.details.version,
        url: `${good.url}/two`,
      });
      expect(kept).toMatchObject({ status: 200, name: 'One', url: `${good.url}/two` });
    });

    it('being turned off by the list is a change too; what changes nothing is none', async () => {
      const { version } = await call('GET');
      await call('PUT', { ...good, version });
      await playground.admin('POST', '/event-webhooks/webhooks/actions/bulk', {
        ids: [id],
        action: 'disable',
      });
      const stale = await call('PUT', { version, name: 'Late' });
      expect(stale.error?.details.changes.map(({ fields }) => fields)).toEqual([['active']]);
    });

    it('of many at once with one version one is saved', async () => {
      const { version } = await call('GET');
      const answers = await Promise.all(
        [1, 2, 3, 4].map((number) => call('PUT', { version, name: `Number ${number}` })),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
      expect((await call('GET')).version).toBe(version + 1);
    });

    it('who names no version, as code does, takes nothing back that others saved at the same time', async () => {
      const changes = [{ name: 'Renamed' }, { timeoutSeconds: 20 }, { ordered: true }, { active: false }];
      const answers = await Promise.all(changes.map((change) => call('PUT', change)));
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
      expect(await call('GET')).toMatchObject(Object.assign({}, ...changes) as object);
    });
  });

  it('ids that are none are refused or not found, never an error of ours', async () => {
    expect((await playground.admin('GET', '/event-webhooks/webhooks/999999')).status).toBe(404);
    expect((await playground.admin('GET', '/event-webhooks/webhooks/abc')).status).toBe(400);
    expect((await playground.admin('GET', '/event-webhooks/deliveries/99999999999999')).status).toBe(400);
    expect((await playground.admin('GET', '/event-webhooks/deliveries?pageSize=100000')).status).toBe(400);
  });

  it('an event that is emitted with a payload that does not fit its schema is refused with its field', async () => {
    const events = playground.strapi.plugin('event-webhooks').service('events') as {
      emit(type: string, data: unknown): Promise<string | null>;
    };
    await expect(events.emit('checkout.started', { nonsense: true })).rejects.toMatchObject({
      name: 'ValidationError',
      details: { errors: expect.arrayContaining([expect.objectContaining({ path: expect.any(Array) })]) },
    });
    await expect(events.emit('order.shipped', {})).rejects.toThrow('"order.shipped" is not declared');
    await expect(events.emit('payment.received', {})).rejects.toThrow('comes from content changes');
  });

  it('an unknown option of the plugin is named', () => {
    expect(() => parseConfig({ adresses: {} })).toThrow('config.adresses: is not an option');
    expect(() => parseConfig({ delivery: { perWebhook: 0 } })).toThrow('config.delivery.perWebhook');
    expect(() => parseConfig({ inbox: { on: true } })).toThrow('config.inbox.on: is not an option');
  });

  it('nobody who is not logged in gets anything', async () => {
    for (const path of ['/webhooks', '/event-types', '/deliveries', '/inboxes', '/importable']) {
      expect((await fetch(`${playground.url}/event-webhooks${path}`)).status).toBe(401);
    }
  });
});
