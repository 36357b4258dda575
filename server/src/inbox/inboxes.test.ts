import { randomBytes } from 'node:crypto';
import { errors } from '@strapi/utils';
import { inboxLimits } from '../../../contracts';
import { openInboxDatabase } from '../store/inbox.fixture';
import { createInboxService } from './inboxes';
import type { InboxService } from './inboxes';

const dayMs = 24 * 3600 * 1000;

describe('the inbox service', () => {
  let database: Awaited<ReturnType<typeof openInboxDatabase>>;
  let service: InboxService;
  let now: number;

  beforeEach(async () => {
    database = await openInboxDatabase();
    now = 1_800_000_000_000;
    service = createInboxService({
      store: database.store,
      serverUrl: () => 'https://cms.example.com/',
      now: () => now,
      random: randomBytes,
    });
  });
  afterEach(() => database.close());

  const keep = async (token: string, body: Buffer, header = 'none') => {
    const inbox = await database.store.find(token, now);
    if (!inbox) throw new Error('no inbox');
    return database.store.addRequest({
      inboxId: inbox.id,
      method: 'POST',
      path: '/',
      query: `key=${header}`,
      headers: [['Authorization', header]],
      bodyBase64: body.toString('base64'),
      bodyBytes: body.length,
      tooLarge: false,
      eventType: null,
      test: false,
      receivedAt: now,
      answeredStatus: 200,
      answeredAfterMs: 1,
      signature: { verdict: 'unsigned' },
    });
  };

  it('makes an inbox with an address, a name and a week to live', async () => {
    const made = await service.create({});
    expect(made).toEqual({
      token: made.token,
      name: 'Inbox 1',
      url: `https://cms.example.com/event-webhooks/in/${made.token}`,
      answerStatus: 200,
      answerDelaySeconds: 0,
      requestCount: 0,
      createdAt: now,
      expiresAt: now + 7 * dayMs,
    });
    expect((await service.create({ name: '' })).name).toBe('Inbox 2');
    await service.delete(made.token);
    expect((await service.create({})).name).toBe('Inbox 3');
    expect(
      (await service.create({ name: 'Mine', answerStatus: 500, answerDelaySeconds: 3 })).answerStatus,
    ).toBe(500);
    expect((await service.list()).map((inbox) => inbox.name)).toEqual(['Mine', 'Inbox 3', 'Inbox 2']);
  });

  it('changes what is given and keeps the rest', async () => {
    const { token } = await service.create({ name: 'Mine', answerStatus: 201 });
    expect(await service.update(token, { answerDelaySeconds: 5 })).toMatchObject({
      name: 'Mine',
      answerStatus: 201,
      answerDelaySeconds: 5,
    });
    expect((await service.update(token, { name: '', answerStatus: 500 })).name).toBe('Mine');
    expect((await service.update(token, {})).answerStatus).toBe(500);
  });

  it('refuses the 101st, and says what is too many', async () => {
    for (let n = 0; n < inboxLimits.inboxes; n += 1) await service.create({});
    const refused = service.create({});
    await expect(refused).rejects.toBeInstanceOf(errors.ValidationError);
    await expect(refused).rejects.toMatchObject({
      message: 'inboxes: there are 100 already; delete one first',
      details: { errors: [{ path: ['inboxes'] }] },
    });
  });

  it('does not find an unknown or an expired one, whatever is asked of it', async () => {
    const { token } = await service.create({});
    now += 7 * dayMs;
    for (const known of [token, 'unknown'])
      for (const ask of [
        () => service.update(known, {}),
        () => service.delete(known),
        () => service.requests(known),
        () => service.request(known, 1),
        () => service.clear(known),
      ])
        await expect(ask()).rejects.toBeInstanceOf(errors.NotFoundError);
    expect(await service.list()).toEqual([]);
    expect(await service.deleteExpired()).toBe(1);
  });

  it('lists and clears what was caught', async () => {
    const { token } = await service.create({});
    const first = await keep(token, Buffer.from('1'));
    const second = await keep(token, Buffer.from('2'));
    const all = await service.requests(token);
    expect(all.inbox.requestCount).toBe(2);
    expect(all.results.map((row) => row.id)).toEqual([second, first]);
    expect(all.results[0]).not.toHaveProperty('tooLarge');
    const newer = await service.requests(token, first);
    expect(newer.results.map((row) => row.id)).toEqual([second]);
    expect(newer.inbox.requestCount).toBe(2);
    expect((await service.clear(token)).requestCount).toBe(0);
    await expect(service.request(token, first)).rejects.toMatchObject({
      details: { errors: [{ path: ['id'] }] },
    });
  });

  it('gives the exact bytes where nothing is to be hidden', async () => {
    const { token } = await service.create({});
    const body = Buffer.from([0x7b, 0xff, 0x00, 0x7d]);
    const detail = await service.request(token, await keep(token, body));
    expect(detail.bodyBase64).toBe(body.toString('base64'));
    expect(detail.body).toBe('{\ufffd\u0000}');
  });
});
