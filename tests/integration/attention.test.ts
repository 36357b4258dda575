import type { UID } from '@strapi/strapi';
import type { EventTypeList, OverviewView, QueueView, StatusView, WebhookView } from '../../contracts';
import { addWebhook, startPlayground } from './harness/playground';
import type { Playground } from './harness/playground';
import { Receiver } from './harness/receiver';
import { until } from './harness/wait';

const author = 'api::author.author' as UID.ContentType;
const webhooks = 'event_webhooks_webhooks';
const minuteMs = 60_000;

/** As it is once a field was taken out of the content type. */
const renamed = {
  type: 'author.renamed',
  displayName: 'Author renamed',
  description: 'The pen name of an author changes.',
  contentType: author,
  on: [{ on: 'created', when: { field: 'penName', present: true } }],
  payload: { name: 'name', pen: 'penName' },
};
/** What its content type can never do. */
const impossible = { ...renamed, type: 'author.live', on: [{ on: 'published' }], payload: { name: 'name' } };
const options = { events: [impossible, renamed] };

interface Doctor {
  report(): Promise<{ refused: unknown }>;
}

/** What the list, the webhook's own page and the home page are told of one webhook. */
async function told(playground: Playground, id: number) {
  const get = async <T>(path: string) => (await playground.admin<T>('GET', `/event-webhooks${path}`)).body;
  const { results } = await get<{ results: WebhookView[] }>('/webhooks?pageSize=100');
  const { trouble } = await get<OverviewView>('/overview');
  return [
    results.find((webhook) => webhook.id === id)?.needsAttention,
    (await get<WebhookView>(`/webhooks/${id}`)).needsAttention,
    trouble.find((webhook) => webhook.id === id)?.needsAttention ?? null,
  ];
}
const thrice = (need: unknown) => [need, need, need];

describe('a webhook that needs attention is named in the list, on its page and on the home page (guarantee 30)', () => {
  let playground: Playground;
  let receiver: Receiver;

  beforeAll(async () => {
    receiver = await new Receiver().start();
    playground = await startPlayground({ env: { EVENT_WEBHOOKS_OPTIONS: JSON.stringify(options) } });
  });
  afterAll(async () => {
    await playground?.stop();
    await receiver?.stop();
  });

  const add = (events = ['author.created'], more: Record<string, unknown> = {}) =>
    addWebhook(playground, { url: receiver.url(), events, ...more });
  /** The home page has room for a few. */
  const remove = (id: number) => playground.admin('DELETE', `/event-webhooks/webhooks/${id}`);
  const change = (id: number, row: Record<string, unknown>) =>
    playground.strapi.db.connection(webhooks).where({ id }).update(row);

  it('all is well', async () => {
    const { id } = await add();
    expect(await told(playground, id)).toEqual(thrice(null));
  });

  it('turned off by the system', async () => {
    const { id } = await add();
    await change(id, { active: false, disabled_reason: 'gone' });
    expect(await told(playground, id)).toEqual(thrice({ code: 'disabled', detail: 'gone' }));
  });

  it('away from home', async () => {
    const { id } = await add();
    const home = { name: null, host: 'cms.example.com', environment: 'production' };
    await change(id, { home: JSON.stringify(home) });
    expect(await told(playground, id)).toEqual(thrice({ code: 'away', detail: 'cms.example.com' }));
    await change(id, { active: false });
  });

  it('the list finds by event, wildcards counted, and by what fails or needs somebody', async () => {
    const make = (name: string, event: string) => add([event], { name: `Find ${name}` });
    const [one, wide, other] = [
      await make('a', 'article.created'),
      await make('b', 'article.*'),
      await make('c', 'author.created'),
    ];
    const found = async (query: string) =>
      (
        await playground.admin<{ results: WebhookView[] }>(
          'GET',
          `/event-webhooks/webhooks?search=Find&${query}`,
        )
      ).body.results.map(({ id }) => id);

    expect(await found('event=article.created')).toEqual([one.id, wide.id]);
    expect(await found('event=article.deleted')).toEqual([wide.id]);
    expect(await found('event=article.*')).toEqual([wide.id]);
    expect(await found('first=api::author.author')).toEqual([other.id, one.id, wide.id]);

    await change(wide.id, { failing_since: Date.now() - 5000 });
    await change(other.id, { failing_since: Date.now() - 9000, warned_at: Date.now() - 1000 });
    expect(await found('state=failing')).toEqual([wide.id, other.id]);
    expect(await found('sort=failing:desc')).toEqual([other.id, wide.id, one.id]);
    expect(await found('state=trouble')).toEqual([other.id]);
    const { body } = await playground.admin<OverviewView>('GET', '/event-webhooks/overview');
    expect(body.failingTotal).toBe(2);
    expect(body.trouble.find(({ id }) => id === other.id)?.failingSince).toEqual(expect.any(Number));
    // One that is off does not fail any more.
    await change(wide.id, { active: false });
    expect(await found('state=failing')).toEqual([other.id]);
    for (const { id } of [one, wide, other])
      await playground.admin('DELETE', `/event-webhooks/webhooks/${id}`);
  });

  it('a secret that no longer decrypts, until there is a new one', async () => {
    const { id } = await add();
    await change(id, { secrets: JSON.stringify([{ value: 'v1:00:00:00', validUntil: null }]) });
    expect(await told(playground, id)).toEqual(thrice({ code: 'secret_unreadable', detail: null }));
    await playground.admin('POST', `/event-webhooks/webhooks/${id}/secret/rotate`, { overlapHours: 24 });
    expect(await told(playground, id)).toEqual(thrice(null));
  });

  it('a secret header that no longer decrypts, which no new secret repairs, until it is entered again', async () => {
    const header = { name: 'x-key', value: 'a-secret-header-value', secret: true };
    const { id } = await add(['author.created'], { headers: [header] });
    await change(id, { headers: JSON.stringify([{ ...header, value: 'v1:00:00:00' }]) });
    expect(await told(playground, id)).toEqual(thrice({ code: 'header_unreadable', detail: 'x-key' }));
    const input = { name: 'Test', url: receiver.url(), events: ['author.created'], headers: [header] };
    await playground.admin('PUT', `/event-webhooks/webhooks/${id}`, input);
    expect(await told(playground, id)).toEqual(thrice(null));
  });

  it('an event type that is gone', async () => {
    const { id } = await add();
    await change(id, { events: JSON.stringify(['poem.created']) });
    expect(await told(playground, id)).toEqual(thrice({ code: 'event_type_gone', detail: 'poem.created' }));
  });

  it('a condition that names a value, or a field, which is gone', async () => {
    const { id } = await add(['payment.updated'], {
      conditions: {
        any: [{ field: 'state', is: 'completed' }, { all: [{ field: 'total', greaterThan: 5 }] }],
      },
    });
    expect(await told(playground, id)).toEqual(thrice(null));
    const gone = { any: [{ field: 'state', is: ['paid'] }, { all: [{ field: 'sum', greaterThan: 5 }] }] };
    await change(id, { conditions: JSON.stringify(gone), revision: 7 });
    expect(await told(playground, id)).toEqual(
      thrice({
        code: 'condition_gone',
        detail: expect.stringMatching(/“paid”; .*sum.* 5/) as string,
      }),
    );
    const { body } = await playground.admin<{ body: unknown }>(
      'GET',
      '/event-webhooks/webhooks?state=trouble',
    );
    expect(JSON.stringify(body)).toContain('condition_gone');
    await remove(id);
  });

  it('a template that cannot be filled in any more', async () => {
    const template = { method: 'POST', path: '', query: [], bodyType: 'json', body: '{}', fields: [] };
    const { id } = await add(['author.updated'], { format: 'template', template });
    expect(await told(playground, id)).toEqual(thrice(null));
    await change(id, {
      template: JSON.stringify({ ...template, body: '{{ entry.name | gone }}' }),
      revision: 8,
    });
    expect(await told(playground, id)).toEqual(
      thrice({ code: 'template_gone', detail: expect.stringContaining('gone') as string }),
    );
    await remove(id);
  });

  it('a name in a template that had a value when it was saved; not one that never had', async () => {
    const template = {
      method: 'POST',
      bodyType: 'json',
      body: '{"a": {{ entry.name }}, "b": {{ entry.motto }}}',
    };
    const { id } = await add(['author.updated'], { format: 'template', template });
    const [{ unknown_names: noted } = {}] = (await playground.rows('event_webhooks_webhooks')).filter(
      (row) => row['id'] === id,
    );
    expect(typeof noted === 'string' ? JSON.parse(noted) : noted).toEqual(['entry.motto']);
    expect(await told(playground, id)).toEqual(thrice(null));
    // As after a start at which the content type has no such field any more.
    await change(id, { unknown_names: JSON.stringify([]), revision: 9 });
    expect(await told(playground, id)).toEqual(thrice({ code: 'template_name_gone', detail: 'entry.motto' }));
    await playground.admin('PUT', `/event-webhooks/webhooks/${id}`, { name: 'Renamed' });
    expect(await told(playground, id)).toEqual(thrice({ code: 'template_name_gone', detail: 'entry.motto' }));
    const mended = { ...template, body: '{"a": {{ entry.name }}, "c": {{ entry.lost }}}' };
    await playground.admin('PUT', `/event-webhooks/webhooks/${id}`, { template: mended });
    expect(await told(playground, id)).toEqual(thrice(null));
    await remove(id);
  });

  it('failing for days', async () => {
    const { id } = await add();
    await change(id, { warned_at: Date.now() });
    expect(await told(playground, id)).toEqual(thrice({ code: 'failing', detail: null }));
  });

  it('a declaration that can never hold is left out: Strapi starts, the others work, and its webhooks say so', async () => {
    const { id } = await add();
    await change(id, { events: JSON.stringify(['author.live']) });
    expect(await told(playground, id)).toEqual(thrice({ code: 'event_type_gone', detail: 'author.live' }));
    const { body } = await playground.admin<EventTypeList>('GET', '/event-webhooks/event-types');
    const types = body.results.map(({ type }) => type);
    expect(types).toContain('author.renamed');
    expect(types).not.toContain('author.live');
    await remove(id);
    const doctor = playground.strapi.plugin('event-webhooks').service('doctor') as Doctor;
    expect((await doctor.report()).refused).toEqual([
      {
        origin: 'config.events[0]',
        type: 'author.live',
        problems: ['config.events[0].on[0].on: Author has no drafts, so that it is never published'],
      },
    ]);
  });

  it('a field that is gone: Strapi starts, the event says so and arrives in the thin form with the reason', async () => {
    const { id } = await add(['author.renamed']);
    const need = { code: 'field_gone', detail: 'Author renamed: penName', eventType: 'author.renamed' };
    expect(await told(playground, id)).toEqual(thrice(need));
    const { body } = await playground.admin<EventTypeList>('GET', '/event-webhooks/event-types');
    expect(body.results.flatMap(({ type, gone }) => (gone.length > 0 ? [[type, gone]] : []))).toEqual([
      ['author.renamed', ['penName']],
    ]);
    receiver.requests.length = 0;
    await playground.strapi.documents(author).create({ data: { name: 'Lesya' } as never });
    const thin = await until('the event', () =>
      receiver.bodies().find(({ type }) => type === 'author.renamed'),
    );
    expect(thin.data).toMatchObject({ thin: 'condition unknown: penName cannot be read' });
  });

  it('the queue says who delivers and names the webhooks that send nothing now', async () => {
    const { id, name } = await add(['author.created'], { active: false, name: 'Off' });
    const queue = await until('this process to be known', async () => {
      const { body } = await playground.admin<QueueView>('GET', '/event-webhooks/queue');
      return body.instances.length > 0 ? body : null;
    });
    expect(queue).toMatchObject({ engine: 'database', instances: [{ delivers: true, self: true }] });
    expect(queue.held).toContainEqual({ id, name, state: 'paused', stateReason: null, heldUntil: null });
  });
});

describe('a queue that no worker empties (guarantee 30)', () => {
  let playground: Playground;

  beforeAll(async () => {
    playground = await startPlayground({
      env: { EVENT_WEBHOOKS_OPTIONS: JSON.stringify({ delivery: { enabled: false } }) },
    });
  });
  afterAll(async () => {
    await playground?.stop();
  });

  it('is told of the webhooks for which something waits, after a minute, and until somebody delivers', async () => {
    const waiting = await addWebhook(playground, { url: 'http://127.0.0.1:9/', events: ['author.created'] });
    const idle = await addWebhook(playground, { url: 'http://127.0.0.1:9/', events: ['author.deleted'] });
    await playground.strapi.documents(author).create({ data: { name: 'A' } as never });
    expect(await told(playground, waiting.id)).toEqual(thrice(null));

    const since = Date.now() - 2 * minuteMs;
    await playground.strapi.db.connection('event_webhooks_events').update({ occurred_at: since });
    expect(await told(playground, waiting.id)).toEqual(thrice({ code: 'stalled', detail: null }));
    expect(await told(playground, idle.id)).toEqual(thrice(null));
    const status = async () => (await playground.admin<StatusView>('GET', '/event-webhooks/status')).body;
    expect(await status()).toMatchObject({ stalledSince: since });

    // Another process that delivers: what waits for two minutes is then its work in hand.
    await playground.strapi.db.connection('event_webhooks_instances').insert({
      ...{ key: 'other', host: 'other', pid: 1, engine: 'database', delivers: true, version: '0' },
      ...{ started_at: Date.now(), seen_at: Date.now() },
    });
    expect(await status()).toMatchObject({ stalledSince: null });
    expect(await told(playground, waiting.id)).toEqual(thrice(null));
  });
});
