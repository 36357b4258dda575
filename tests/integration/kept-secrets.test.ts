import { verifies } from './harness/signature';
import { addWebhook, startPlayground } from './harness/playground';
import type { Playground } from './harness/playground';
import { Receiver } from './harness/receiver';
import { roleWith } from './harness/role';
import type { Call } from './harness/role';
import { until } from './harness/wait';

interface ApiError {
  error: { message: string; details: { errors: { path: string[]; message: string }[] } };
}

const token = 'Bearer kept-header-value-4711';
const events = ['payment.received'];

describe('what a form may keep of a stored webhook', () => {
  let playground: Playground;
  let theirs: Receiver;
  let mine: Receiver;
  let tester: Call;
  let editor: Call;
  let blindTester: Call;
  let blindEditor: Call;
  let webhookId: number;
  let signingSecret: string;

  const kept = { name: 'Authorization', value: null, secret: true };
  const form = (change: Record<string, unknown> = {}) => ({
    ...{ name: 'CRM', url: theirs.url(), events, headers: [kept] },
    ...change,
  });
  const test = (webhook: unknown) =>
    tester<ApiError>('POST', '/event-webhooks/webhooks/actions/test', {
      webhookId,
      webhook,
      eventType: 'payment.received',
    });
  const fields = (body: ApiError) => body.error.details.errors.map(({ path }) => path.join('.'));
  const all = (body: unknown, receiver: Receiver) =>
    JSON.stringify([body, receiver.requests.map(({ headers, body: sent }) => [headers, sent.toString()])]);

  beforeAll(async () => {
    [theirs, mine] = [await new Receiver().start(), await new Receiver().start()];
    playground = await startPlayground();
    tester = await roleWith(playground, 'read', 'test');
    editor = await roleWith(playground, 'read', 'update');
    [blindTester, blindEditor] = [await roleWith(playground, 'test'), await roleWith(playground, 'update')];
    const made = await addWebhook(playground, {
      ...{ name: 'CRM', url: theirs.url(), events },
      headers: [{ name: 'authorization', value: token, secret: true }],
    });
    webhookId = made.id;
    const { body } = await playground.admin<{ secrets: { secret: string }[] }>(
      'GET',
      `/event-webhooks/webhooks/${webhookId}/secret`,
    );
    signingSecret = body.secrets[0]?.secret ?? '';
  });
  afterAll(async () => {
    await playground?.stop();
    await theirs?.stop();
    await mine?.stop();
  });
  beforeEach(() => {
    theirs.requests.length = 0;
    mine.requests.length = 0;
  });

  describe('when a test is sent with what stands in it', () => {
    it('a kept secret header goes to the stored origin, whatever its path', async () => {
      expect((await test(form({ url: theirs.url('/elsewhere') }))).status).toBe(200);
      expect(theirs.requests[0]?.headers.authorization).toBe(token);
      expect(verifies(theirs.requests[0], signingSecret)).toBe(true);
    });

    it('to another origin it is not sent: the header is named instead', async () => {
      const { status, body } = await test(form({ url: mine.url() }));
      expect([status, fields(body)]).toEqual([400, ['webhook.headers.0.value']]);
      expect(body.error.message).toContain('Authorization');
      expect(mine.requests).toHaveLength(0);
    });

    it.each([
      ['another scheme', (url: URL) => `https://${url.host}/`],
      ['another name of the same host', (url: URL) => `http://localhost:${url.port}/`],
      ['another port', (url: URL) => `http://${url.hostname}:1/`],
    ])('%s is another origin', async (_name, to) => {
      const { status, body } = await test(form({ url: to(new URL(theirs.url())) }));
      expect([status, fields(body)]).toEqual([400, ['webhook.headers.0.value']]);
    });

    it('it does not become readable by taking the mark of a secret off', async () => {
      const { status, body } = await test(form({ headers: [{ ...kept, secret: false }] }));
      expect([status, fields(body)]).toEqual([400, ['webhook.headers.0.value']]);
      expect(all(body, theirs)).not.toContain('kept-header-value');
    });

    it('a header that was never stored has no value to keep', async () => {
      const { status, body } = await test(form({ headers: [{ ...kept, name: 'x-other' }] }));
      expect([status, fields(body)]).toEqual([400, ['webhook.headers.0.value']]);
    });

    it('to another origin nothing is signed with the stored secret', async () => {
      expect((await test(form({ url: mine.url(), headers: [] }))).status).toBe(200);
      expect(mine.requests[0]?.headers['webhook-signature']).toMatch(/^v1,/);
      expect(verifies(mine.requests[0], signingSecret)).toBe(false);
    });

    it('a short secret is hidden by its name in what is shown of the request', async () => {
      const headers = [{ name: 'X-Pin', value: '04170417', secret: true }];
      const { status, body } = await playground.admin<{ request: { headers: Record<string, string> } }>(
        'POST',
        '/event-webhooks/webhooks/actions/test',
        { webhookId, webhook: form({ headers }), eventType: 'payment.received' },
      );
      expect(status).toBe(200);
      expect(theirs.requests[0]?.headers['x-pin']).toBe('04170417');
      expect(body.request.headers['X-Pin']).toBe('••••••');
    });
  });

  describe('who may not read webhooks', () => {
    const guesses = () => ({
      'what is stored': form(),
      'another origin': form({ url: mine.url() }),
      'another header': form({ headers: [{ ...kept, name: 'x-other' }] }),
    });

    it.each([
      ['a test', () => blindTester],
      ['saving', () => blindEditor],
    ])('is not told by %s whether a guess is right: nothing is kept', async (what, caller) => {
      const before = await playground.admin('GET', `/event-webhooks/webhooks/${webhookId}`);
      const answers = [];
      for (const webhook of Object.values(guesses())) {
        const { status, body } = await (what === 'a test'
          ? caller()<ApiError>('POST', '/event-webhooks/webhooks/actions/test', {
              ...{ webhookId, webhook, eventType: 'payment.received' },
            })
          : caller()<ApiError>('PUT', `/event-webhooks/webhooks/${webhookId}`, webhook));
        const named = webhook.headers[0]?.name ?? '';
        answers.push([status, fields(body).at(-1), body.error.message.replaceAll(named, 'NAME')]);
      }
      expect(answers[0]?.slice(0, 2)).toEqual([
        400,
        what === 'a test' ? 'webhook.headers.0.value' : 'headers.0.value',
      ]);
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
      expect(theirs.requests.concat(mine.requests)).toHaveLength(0);
      expect((await playground.admin('GET', `/event-webhooks/webhooks/${webhookId}`)).body).toEqual(
        before.body,
      );
    });

    it('sends a form’s test to the stored origin without the stored signature', async () => {
      const { status } = await blindTester('POST', '/event-webhooks/webhooks/actions/test', {
        ...{ webhookId, webhook: form({ headers: [] }), eventType: 'payment.received' },
      });
      expect([status, verifies(theirs.requests[0], signingSecret)]).toEqual([200, false]);
    });

    it('tests what is stored, with all of it', async () => {
      const { status } = await blindTester('POST', '/event-webhooks/webhooks/actions/test', {
        ...{ webhookId, eventType: 'payment.received' },
      });
      expect([status, theirs.requests[0]?.headers.authorization]).toEqual([200, token]);
    });
  });

  describe('when it is saved', () => {
    const save = (webhook: unknown) =>
      editor<ApiError>('PUT', `/event-webhooks/webhooks/${webhookId}`, webhook);

    it('another origin asks for the secret headers again, and nothing is half-saved', async () => {
      const { status, body } = await save(form({ url: mine.url(), name: 'Renamed' }));
      expect([status, fields(body)]).toEqual([400, ['headers.0.value']]);
      expect(body.error.message).toContain('Authorization');
      const { body: view } = await playground.admin('GET', `/event-webhooks/webhooks/${webhookId}`);
      expect(view).toMatchObject({ name: 'CRM', url: theirs.url() });
    });

    it('the same origin, however it is spelled, keeps them', async () => {
      const { port } = new URL(theirs.url());
      const spelled = `HTTP://127.1:${port}/Path`;
      expect((await save(form({ url: spelled }))).status).toBe(200);
      const { status } = await tester('POST', '/event-webhooks/webhooks/actions/test', {
        ...{ webhookId, eventType: 'payment.received' },
      });
      expect([status, theirs.requests[0]?.headers.authorization]).toEqual([200, token]);
    });

    it('removed or given anew they let it move', async () => {
      const moved = form({ url: mine.url(), headers: [{ ...kept, value: 'Bearer new-one-4712' }] });
      expect((await save(moved)).status).toBe(200);
      expect((await save(form({ headers: [] }))).status).toBe(200);
    });
  });

  describe('an address that is itself a secret', () => {
    const path = '/services/T01234567/B01234567/aBcDeFgHiJkLmNoPqRsTuVwX?token=hook-key-4713';
    const parts = ['T01234567', 'B01234567', 'aBcDeFgHiJkLmNoPqRsTuVwX', 'hook-key-4713'];
    let id: number;
    let shown: string;

    const hook = (change: Record<string, unknown> = {}) => ({
      ...{ name: 'Chat', url: shown, urlSecret: true, events, headers: [], retryScheduleSeconds: [] },
      ...change,
    });
    const put = (call: Call, webhook: unknown) =>
      call<ApiError>('PUT', `/event-webhooks/webhooks/${id}`, webhook);
    const get = async (what: string) =>
      (await playground.admin<unknown>('GET', `/event-webhooks${what}`)).body;
    const tellsNothing = (text: unknown) => {
      for (const part of parts) expect(JSON.stringify(text)).not.toContain(part);
    };
    const revealed = async () =>
      (await playground.admin<{ url: string | null }>('GET', `/event-webhooks/webhooks/${id}/secret`)).body
        .url;
    const stored = async () =>
      (await playground.rows('event_webhooks_webhooks')).find((row) => row.id === id);

    beforeAll(async () => {
      shown = `${new URL(theirs.url()).origin}/••••`;
      // It tells in each place where it was called, and leads there once more.
      theirs.answer = ({ path: called }) => ({
        status: 302,
        headers: { location: `${theirs.url()}${called.slice(1)}&again=1`, 'x-called': called },
        body: JSON.stringify({ called, token: 'hook-key-4713', team: 'T01234567' }),
      });
      const made = await addWebhook(playground, { ...hook(), url: theirs.url(path) });
      id = made.id;
    });
    afterAll(() => {
      theirs.answer = () => ({});
    });

    it('is told as its host and dots by every answer but the one that reveals it', async () => {
      expect(await get(`/webhooks/${id}`)).toMatchObject({ url: shown, urlSecret: true });
      tellsNothing([await get('/webhooks'), await get(`/webhooks/${id}`), await get('/overview')]);
      expect(await revealed()).toBe(theirs.url(path));
      const reader = await roleWith(playground, 'read', 'update', 'test', 'deliveriesRead');
      expect((await reader('GET', `/event-webhooks/webhooks/${id}/secret`)).status).toBe(403);
    });

    it('is encrypted at rest, and no search finds what is hidden', async () => {
      tellsNothing(await playground.rows('event_webhooks_webhooks'));
      for (const text of ['aBcDeFgHiJkLmNoPqRsTuVwX', '/services', new URL(theirs.url()).host]) {
        const { results } = (await get(`/webhooks?search=${encodeURIComponent(text)}`)) as {
          results: { id: number }[];
        };
        expect([text, results.some((found) => found.id === id)]).toEqual([text, text.includes(':')]);
      }
    });

    it('is called, and masked where the receiver gives it back: in body, headers and Location', async () => {
      await playground.admin('POST', `/event-webhooks/webhooks/${id}/trigger`, {});
      await until('the attempt', async () =>
        (await playground.rows('event_webhooks_attempts')).some(({ url }) => url === shown),
      );
      expect(theirs.requests.map((request) => request.path)).toContain(path);
      const attempts = await playground.rows('event_webhooks_attempts');
      expect(JSON.stringify(attempts.at(-1))).toContain('••••••');
      tellsNothing([attempts, await playground.rows('event_webhooks_deliveries')]);
      const { results } = (await get(`/deliveries?webhook=${id}`)) as { results: { id: number }[] };
      tellsNothing([
        results,
        await get(`/deliveries/${results[0]?.id}`),
        await get(`/webhooks/${id}/statistics`),
      ]);
    });

    it('is kept by a test that is sent with what the form shows of it, which cannot make it readable', async () => {
      const { status, body } = await tester<ApiError>('POST', '/event-webhooks/webhooks/actions/test', {
        ...{ webhookId: id, webhook: hook({ urlSecret: false }), eventType: 'payment.received' },
      });
      expect([status, theirs.requests[0]?.path]).toEqual([200, path]);
      tellsNothing([body, await playground.rows('event_webhooks_attempts')]);
    });

    it('is not what is shown of it: that of another webhook, or of none, is no address', async () => {
      const other = `${new URL(mine.url()).origin}/••••`;
      for (const [method, target, webhook] of [
        ['POST', '', hook()],
        ['PUT', `/${id}`, hook({ url: other })],
        ['PUT', `/${webhookId}`, form({ url: shown })],
      ] as const) {
        const { status, body } = await playground.admin<ApiError>(
          method,
          `/event-webhooks/webhooks${target}`,
          webhook,
        );
        expect([status, fields(body)[0]]).toEqual([400, 'url']);
      }
    });

    it('stays where the form is saved without it, and says nothing about the switch', async () => {
      expect((await put(editor, hook({ name: 'Renamed' }))).status).toBe(200);
      expect((await put(editor, hook({ urlSecret: undefined }))).status).toBe(200);
      expect([await revealed(), (await stored())?.url]).toEqual([theirs.url(path), shown]);
    });

    it('the switch is no way to read it: who may not reveal it enters it again', async () => {
      const { status, body } = await put(editor, hook({ urlSecret: false }));
      expect([status, fields(body)]).toEqual([400, ['urlSecret']]);
      expect((await put(editor, hook({ url: theirs.url(path), urlSecret: false }))).status).toBe(200);
      expect(await get(`/webhooks/${id}`)).toMatchObject({ url: theirs.url(path), urlSecret: false });
      expect(await revealed()).toBeNull();
    });

    it('turned on later it goes from the log too; turned off by who may reveal it, it is told', async () => {
      await playground.admin('POST', `/event-webhooks/webhooks/${id}/trigger`, {});
      await until('an attempt with the address', async () =>
        (await playground.rows('event_webhooks_attempts')).some(({ url }) => url === theirs.url(path)),
      );
      expect((await put(editor, hook({ url: theirs.url(path) }))).status).toBe(200);
      const urls = (await playground.rows('event_webhooks_attempts')).map(({ url }) => url);
      tellsNothing(urls);
      const revealer = await roleWith(playground, 'read', 'update', 'revealSecret');
      expect((await put(revealer, hook({ urlSecret: false }))).body).toMatchObject({ url: theirs.url(path) });
      expect((await put(editor, hook({ url: theirs.url(path) }))).status).toBe(200);
    });

    it('is on by itself for an address that is known to be one, and for no other', async () => {
      const known = `http://127.0.0.1:9/hooks/4xy7szktofnafd8kmq5ahx1gbr`;
      const made = await addWebhook(playground, { name: 'Mattermost', url: known, events });
      expect(made).toMatchObject({ url: 'http://127.0.0.1:9/••••', urlSecret: true });
      const plain = await addWebhook(playground, { name: 'CRM 2', url: 'http://127.0.0.1:9/crm', events });
      expect(plain).toMatchObject({ url: 'http://127.0.0.1:9/crm', urlSecret: false });
      const off = await addWebhook(playground, { name: 'Off', url: known, urlSecret: false, events });
      expect(off).toMatchObject({ url: known, urlSecret: false });
      // One that was stored before there was the switch stays as it is until somebody says so.
      const { body } = await playground.admin('PUT', `/event-webhooks/webhooks/${off.id}`, {
        ...{ name: 'Renamed', url: known, events },
      });
      expect(body).toMatchObject({ url: known, urlSecret: false });
    });

    it('an inbox of this Strapi is shown anyway: its address is none', async () => {
      const { body: inbox } = await playground.admin<{ url: string }>('POST', '/event-webhooks/inboxes', {});
      const { status, body } = await playground.admin<ApiError>('POST', '/event-webhooks/webhooks', {
        ...hook({ url: inbox.url }),
      });
      expect([status, fields(body)]).toEqual([400, ['urlSecret']]);
    });

    it('stops its webhook where it no longer decrypts, which says so, until it is entered again', async () => {
      await playground.strapi.db
        .connection('event_webhooks_webhooks')
        .where({ id })
        .update({ url_sealed: 'v1:00:00:00' });
      expect(await get(`/webhooks/${id}`)).toMatchObject({
        needsAttention: { code: 'address_unreadable', detail: null },
      });
      const { status } = await put(playground.admin, hook({ urlSecret: false }));
      expect(status).toBe(400);
      expect((await put(playground.admin, hook({ url: theirs.url(path) }))).status).toBe(200);
      expect(await get(`/webhooks/${id}`)).toMatchObject({ needsAttention: null });
    });
  });
});
