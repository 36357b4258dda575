import type { UID } from '@strapi/strapi';
import type { DeliveryDetail, DeliveryPage, StatisticsPeriod, WebhookStatistics } from '../../contracts';
import { databases } from './harness/databases';
import { addWebhook, administrator, startPlayground } from './harness/playground';
import type { Playground } from './harness/playground';
import { Receiver } from './harness/receiver';
import { until } from './harness/wait';

const author = 'api::author.author' as UID.ContentType;
const hourMs = 3_600_000;

interface Mail {
  to: string;
  subject: string;
  text: string;
}

/** Every author is sent to a receiver that answers what the author's name says: `404`, `500 after 300`. */
const answerOf = (body: string): { status: number; delayMs: number } => {
  const [, status = '200', delay = '0'] = /"name":"(\d+)(?: after (\d+))?/.exec(body) ?? [];
  return { status: Number(status), delayMs: Number(delay) };
};

describe.each(databases)('what the page of a webhook says of it, on $client', (database) => {
  let playground: Playground;
  let receiver: Receiver;
  let token: string;
  let busy: { id: number };
  const mails: Mail[] = [];

  const create = (name: string) => playground.strapi.documents(author).create({ data: { name } as never });
  const statistics = async (id: number, period?: StatisticsPeriod) => {
    const query = period ? `?period=${period}` : '';
    const path = `/event-webhooks/webhooks/${id}/statistics${query}`;
    return (await playground.admin<WebhookStatistics>('GET', path)).body;
  };
  const inLanguage = async <T>(path: string, language?: string): Promise<T> => {
    const response = await fetch(playground.url + path, {
      headers: {
        authorization: `Bearer ${token}`,
        ...(language ? { 'accept-language': language } : {}),
      },
    });
    return (await response.json()) as T;
  };
  const sumOf = ({ buckets }: WebhookStatistics, outcome: 'succeeded' | 'failed') =>
    buckets.reduce((all, bucket) => all + bucket[outcome], 0);

  beforeAll(async () => {
    receiver = await new Receiver().start();
    receiver.answer = ({ body }) => answerOf(body.toString('utf8'));
    playground = await startPlayground({
      database,
      env: { EVENT_WEBHOOKS_OPTIONS: JSON.stringify({ delivery: { breakerFailures: 100 } }) },
      bootstrap: (strapi) => {
        const email = strapi.plugin('email').service('email') as { send(mail: Mail): Promise<void> };
        email.send = async (mail) => void mails.push(mail);
      },
    });
    busy = await addWebhook(playground, {
      url: receiver.url(),
      events: ['author.created'],
      retryScheduleSeconds: [600],
    });
    const login = await fetch(`${playground.url}/admin/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: administrator.email, password: administrator.password }),
    });
    token = ((await login.json()) as { data: { token: string } }).data.token;
  });
  afterAll(async () => {
    await playground?.stop();
    await receiver?.stop();
  });

  it('nothing of one that has never sent', async () => {
    const idle = await addWebhook(playground, { url: receiver.url(), events: ['author.deleted'] });
    expect(await statistics(idle.id)).toMatchObject({
      succeeded: 0,
      failed: 0,
      successRate: null,
      durations: { medianMs: null, p95Ms: null },
      waiting: { count: 0, more: false },
      nextTryAt: null,
      causes: [],
      causesOfNewest: null,
    });
  });

  it('as many succeeded and failed tries as the receiver has answered so', async () => {
    const names = ['200', '200', '200 after 4000', '201', '200', '404', '404', '500', '418'];
    for (const name of names) await create(name);
    await until('all to be tried', () => receiver.requests.length === names.length);
    await until('all to be counted', async () => {
      const { succeeded, failed } = await statistics(busy.id);
      return succeeded + failed === names.length;
    });
    const answered = receiver.requests.map(({ body }) => answerOf(body.toString('utf8')).status);
    const succeeded = answered.filter((status) => status < 300).length;
    const day = await statistics(busy.id);
    expect(day).toMatchObject({ succeeded, failed: answered.length - succeeded });
    expect(day.successRate).toBeCloseTo(succeeded / answered.length);
  });

  it.each([
    ['24h', 24, hourMs],
    ['7d', 28, 6 * hourMs],
    ['30d', 30, 24 * hourMs],
  ] as const)('the same in the bars of %s', async (period, count, sizeMs) => {
    const found = await statistics(busy.id, period);
    expect(found.buckets).toHaveLength(count);
    expect(sumOf(found, 'succeeded')).toBe(found.succeeded);
    expect(sumOf(found, 'failed')).toBe(found.failed);
    const last = found.buckets.at(-1)?.from ?? 0;
    expect(Date.now() - last).toBeLessThan(sizeMs);
    expect(last - (found.buckets[0]?.from ?? 0)).toBe((count - 1) * sizeMs);
  });

  it('how long the answers took: the one slow answer is in the slowest twentieth, not in the middle', async () => {
    const { durations } = await statistics(busy.id);
    expect(durations.medianMs).toBeLessThan(500);
    expect(durations.p95Ms).toBeGreaterThan(500);
  });

  it('what waits, and when the next try is', async () => {
    const { waiting, nextTryAt } = await statistics(busy.id);
    expect(waiting).toEqual({ count: 4, more: false });
    const wait = (nextTryAt ?? 0) - Date.now();
    // 600 s ± 20 %, and the moments since.
    expect(wait).toBeGreaterThan(400_000);
    expect(wait).toBeLessThan(720_000);
  });

  it('a held webhook tries not before it may; one that is off does not try', async () => {
    const webhooks = playground.strapi.db.connection('event_webhooks_webhooks').where({ id: busy.id });
    const heldUntil = Date.now() + 3 * hourMs;
    await webhooks.clone().update({ held_until: heldUntil, held_reason: 'breaker' });
    expect((await statistics(busy.id)).nextTryAt).toBe(heldUntil);
    await playground.admin('POST', `/event-webhooks/webhooks/${busy.id}/resume`);
    await webhooks.clone().update({ active: false });
    expect((await statistics(busy.id)).nextTryAt).toBeNull();
    await webhooks.clone().update({ active: true });
  });

  it('why it failed, ranked by number, each with a cause and a remedy', async () => {
    const { causes } = await statistics(busy.id);
    expect(causes.map(({ code, httpStatus, count }) => [code, httpStatus, count])).toEqual([
      ['http_404', 404, 2],
      // Equally often: the latest first.
      ['http_4xx', 418, 1],
      ['http_5xx', 500, 1],
    ]);
    const host = new URL(receiver.url()).host;
    expect(causes[0]?.explanation).toEqual({
      cause: `${host} responds, but this URL does not exist there.`,
      remedy: 'Copy the URL from the service again; the hook may have been deleted there.',
    });
  });

  it('a failure that a later try made good is among them; one of days ago is not', async () => {
    const attempts = playground.strapi.db.connection('event_webhooks_attempts');
    await attempts
      .clone()
      .where({ http_status: 418 })
      .update({ at: Date.now() - 30 * hourMs });
    const page = (await playground.admin<DeliveryPage>('GET', '/event-webhooks/deliveries?httpStatus=500'))
      .body;
    receiver.answer = () => ({ status: 200 });
    await playground.admin('POST', `/event-webhooks/deliveries/${page.results[0]?.id}/resend`);
    await until('the second try', async () => (await statistics(busy.id)).succeeded === 6);
    receiver.answer = ({ body }) => answerOf(body.toString('utf8'));
    const { causes } = await statistics(busy.id);
    expect(causes.map(({ code, count }) => [code, count])).toEqual([
      ['http_404', 2],
      ['http_5xx', 1],
    ]);
  });

  it('each cause leads to the very deliveries that were counted, those that arrived since among them', async () => {
    const { causes } = await statistics(busy.id);
    for (const { code, httpStatus, count } of causes) {
      const since = Date.now() - 24 * hourMs;
      const query = `webhook=${busy.id}&tests=hide&tries=any&code=${code}&httpStatus=${httpStatus}&since=${since}`;
      const { body } = await playground.admin<DeliveryPage>('GET', `/event-webhooks/deliveries?${query}`);
      expect(body.results).toHaveLength(count);
    }
    const server = causes.find(({ code }) => code === 'http_5xx');
    expect(server).toBeDefined();
    const { body: now } = await playground.admin<DeliveryPage>(
      'GET',
      `/event-webhooks/deliveries?webhook=${busy.id}&code=http_5xx`,
    );
    expect(now.results).toHaveLength(0);
  });

  it('test events are in none of it', async () => {
    const before = await statistics(busy.id);
    const test = { webhookId: busy.id, eventType: 'author.created' };
    await playground.admin('POST', '/event-webhooks/webhooks/actions/test', test);
    const { succeeded, failed, causes } = await statistics(busy.id);
    expect({ succeeded, failed, causes }).toEqual({
      succeeded: before.succeeded,
      failed: before.failed,
      causes: before.causes,
    });
  });

  it('failures are explained in the language that was asked for, else in English', async () => {
    const { results } = await inLanguage<DeliveryPage>('/event-webhooks/deliveries?httpStatus=404');
    const id = results[0]?.id ?? 0;
    const english = /this URL does not exist there/;
    const ukrainian = /такої адреси там немає/;
    const cause = async (language?: string) => {
      const detail = await inLanguage<DeliveryDetail>(`/event-webhooks/deliveries/${id}`, language);
      expect(detail.attemptLog[0]?.explanation).toEqual(detail.explanation);
      return detail.explanation?.cause;
    };
    expect(results[0]?.explanation?.cause).toMatch(english);
    expect(await cause()).toMatch(english);
    expect(await cause('fr-FR,uk;q=0.8,en;q=0.5')).toMatch(ukrainian);
    expect(await cause('uk-UA')).toMatch(ukrainian);
    expect(await cause('fr')).toMatch(english);

    const users = playground.strapi.db.query('admin::user');
    await users.update({ where: { email: administrator.email }, data: { preferedLanguage: 'uk' } });
    expect(await cause('en')).toMatch(ukrainian);
    await users.update({ where: { email: administrator.email }, data: { preferedLanguage: null } });
  });

  it('what succeeded has nothing to explain', async () => {
    const { results } = await inLanguage<DeliveryPage>('/event-webhooks/deliveries?state=succeeded');
    expect(results.length).toBeGreaterThan(0);
    expect(results.every(({ explanation }) => explanation === null)).toBe(true);
  });

  it('the e-mail about a webhook that was disabled says why its last attempt failed and what to do', async () => {
    await create('410');
    const mail = await until('the mail', () => mails[0]);
    expect(mail.subject).toContain('was disabled');
    const host = new URL(receiver.url()).host;
    expect(mail.text).toContain(
      `Why the last attempt failed: ${host} says that this URL was removed on purpose.`,
    );
    expect(mail.text).toContain('What to do: Connect the service again and enter its new URL.');
    expect(mail.text).toMatch(new RegExp(`/plugins/event-webhooks/webhooks/${busy.id}\n$`));
  });

  it('404 for one that does not exist, and a clear refusal of a period that is none', async () => {
    const none = await playground.admin('GET', '/event-webhooks/webhooks/99999/statistics');
    expect(none.status).toBe(404);
    const wrong = await playground.admin('GET', `/event-webhooks/webhooks/${busy.id}/statistics?period=1y`);
    expect(wrong.status).toBe(400);
  });
});
