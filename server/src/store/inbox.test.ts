import { inboxLimits } from '../../../contracts';
import { openInboxDatabase } from './inbox.fixture';
import type { NewInboxRequest } from './inbox';

const now = 1_800_000_000_000;
const inMinute = now + 60_000;

const requestOf = (inboxId: number, more: Partial<NewInboxRequest> = {}): NewInboxRequest => ({
  inboxId,
  method: 'POST',
  path: '/event-webhooks/in/x',
  query: 'a=1&a=2',
  headers: [
    ['X-B', '1'],
    ['x-a', '2'],
    ['X-B', '3'],
  ],
  bodyBase64: 'eyJhIjoxLjB9',
  bodyBytes: 9,
  tooLarge: false,
  eventType: 'payment.received',
  test: true,
  receivedAt: now,
  answeredStatus: 200,
  answeredAfterMs: 3,
  signature: { verdict: 'verified', webhookId: 1, webhookName: 'CRM', ageSeconds: 2 },
  ...more,
});

describe('the inbox store', () => {
  let database: Awaited<ReturnType<typeof openInboxDatabase>>;
  const addInbox = async (token: string, expiresAt = inMinute) => {
    const { store } = database;
    await store.create({
      token,
      name: token,
      answerStatus: 200,
      answerDelaySeconds: 0,
      createdAt: now,
      expiresAt,
    });
    const inbox = await store.find(token, 0);
    if (!inbox) throw new Error('was not created');
    return inbox;
  };
  const rowsLeft = async () =>
    Number((await database.knex('event_webhooks_inbox_requests').count('id as n'))[0]?.n);

  beforeEach(async () => {
    database = await openInboxDatabase();
  });
  afterEach(() => database.close());

  it('gives back a request as it was kept, with numbers and booleans', async () => {
    const inbox = await addInbox('a');
    const id = await database.store.addRequest(requestOf(inbox.id));
    const { inboxId: _, ...kept } = requestOf(inbox.id);
    expect(await database.store.request(inbox.id, id)).toEqual({ id, ...kept });
    expect(inbox).toEqual({
      id: inbox.id,
      token: 'a',
      name: 'a',
      answerStatus: 200,
      answerDelaySeconds: 0,
      createdAt: now,
      expiresAt: inMinute,
    });
  });

  it('lists newest first, without the long columns, and only what is newer than `after`', async () => {
    const inbox = await addInbox('a');
    const ids = [];
    for (let n = 0; n < 3; n += 1) ids.push(await database.store.addRequest(requestOf(inbox.id)));
    const listed = await database.store.requests(inbox.id);
    expect(listed.map((row) => row.id)).toEqual([...ids].reverse());
    expect(listed[0]).not.toHaveProperty('bodyBase64');
    expect((await database.store.requests(inbox.id, ids[1])).map((row) => row.id)).toEqual([ids[2]]);
  });

  it('shows nothing of one inbox in another', async () => {
    const one = await addInbox('a');
    const other = await addInbox('b');
    const id = await database.store.addRequest(requestOf(one.id));
    expect(await database.store.request(other.id, id)).toBeNull();
    expect(await database.store.requests(other.id)).toEqual([]);
  });

  it('keeps the newest 200 requests', async () => {
    const inbox = await addInbox('a');
    const other = await addInbox('b');
    await database.store.addRequest(requestOf(other.id));
    let last = 0;
    for (let n = 0; n < inboxLimits.requests + 7; n += 1)
      last = await database.store.addRequest(requestOf(inbox.id));
    const listed = await database.store.requests(inbox.id);
    expect(listed).toHaveLength(inboxLimits.requests);
    expect(listed[0]?.id).toBe(last);
    expect(await database.store.countRequests(inbox.id)).toBe(inboxLimits.requests);
    expect(await database.store.countRequests(other.id)).toBe(1);
  });

  it('keeps the newest 20 MiB, and does not count a body that was refused', async () => {
    const inbox = await addInbox('a');
    const bodyBytes = 2 * 1024 * 1024;
    for (let n = 0; n < 11; n += 1) await database.store.addRequest(requestOf(inbox.id, { bodyBytes }));
    expect(await database.store.countRequests(inbox.id)).toBe(10);
    await database.store.addRequest(requestOf(inbox.id, { bodyBytes: 5e12, tooLarge: true, bodyBase64: '' }));
    expect(await database.store.countRequests(inbox.id)).toBe(11);
    await database.store.addRequest(requestOf(inbox.id, { bodyBytes: 1 }));
    expect(await database.store.countRequests(inbox.id)).toBe(11);
  });

  it('clears one inbox and keeps the inbox', async () => {
    const one = await addInbox('a');
    const other = await addInbox('b');
    for (let n = 0; n < 45; n += 1) await database.store.addRequest(requestOf(one.id));
    await database.store.addRequest(requestOf(other.id));
    await database.store.clear(one.id);
    expect((await database.store.list(now)).map(({ token, requestCount }) => [token, requestCount])).toEqual([
      ['b', 1],
      ['a', 0],
    ]);
  });

  it('forgets an expired inbox at once, and deletes it with what it caught and with strays', async () => {
    const expired = await addInbox('old', now);
    const live = await addInbox('new', now + 1);
    await database.store.addRequest(requestOf(expired.id));
    await database.store.addRequest(requestOf(live.id));
    await database.store.addRequest(requestOf(9999));
    expect(await database.store.find('old', now)).toBeNull();
    expect((await database.store.list(now)).map((inbox) => inbox.token)).toEqual(['new']);
    expect(await database.store.removeExpired(now)).toBe(1);
    expect(await rowsLeft()).toBe(1);
    expect(await database.store.find('old', 0)).toBeNull();
    expect(await database.store.find('new', now)).not.toBeNull();
  });

  it('deletes an inbox with all that it caught', async () => {
    const inbox = await addInbox('a');
    for (let n = 0; n < 21; n += 1) await database.store.addRequest(requestOf(inbox.id));
    await database.store.remove(inbox.id);
    expect(await rowsLeft()).toBe(0);
    expect(await database.store.find('a', now)).toBeNull();
  });
});
