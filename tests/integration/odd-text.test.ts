import { randomBytes } from 'node:crypto';
import type { UID } from '@strapi/strapi';
import knex from 'knex';
import type { TestDatabase } from './harness/databases';
import { databases } from './harness/databases';
import { addWebhook, forgetEvents, startPlayground } from './harness/playground';
import type { Playground } from './harness/playground';
import { Receiver } from './harness/receiver';
import { until } from './harness/wait';

const author = 'api::author.author' as UID.ContentType;
const file = 'plugin::upload.file' as UID.ContentType;

const media = (name: string, formats: unknown) => ({
  name,
  hash: name,
  mime: 'image/png',
  ext: '.png',
  size: 1,
  url: `/uploads/${name}.png`,
  provider: 'local',
  folderPath: '/',
  formats,
});
const nested = (depth: number): unknown => {
  let value: unknown = 'core';
  for (let level = 0; level < depth; level += 1) value = { in: value };
  return value;
};

const run = async (env: Record<string, string>, ...statements: string[]): Promise<void> => {
  const { DATABASE_HOST: host, DATABASE_PORT: port, DATABASE_USERNAME: user } = env;
  const connection = {
    ...{ host, port: Number(port), user },
    ...{ password: env.DATABASE_PASSWORD, database: env.DATABASE_NAME },
  };
  const server = knex({ client: 'mysql2', connection });
  try {
    for (const statement of statements) await server.raw(statement);
  } finally {
    await server.destroy();
  }
};

describe.each(databases)('odd texts are saved, and told, $client', (database) => {
  let playground: Playground;

  beforeAll(async () => {
    playground = await startPlayground({ database });
    await addWebhook(playground, {
      url: 'http://127.0.0.1:9/nobody',
      events: ['author.*', 'media.*'],
      active: false,
    });
  });
  afterAll(() => playground?.stop());
  beforeEach(() => forgetEvents(playground));
  const events = () => playground.rows('event_webhooks_events');

  it('the name of an administrator that is longer than its column', async () => {
    await playground.strapi.db.query('admin::user').updateMany({
      where: {},
      data: { firstname: 'я'.repeat(200), lastname: '🌾'.repeat(100) },
    });
    const saved = await playground.admin('POST', '/content-manager/collection-types/api::author.author', {
      name: 'By a long name',
    });
    expect(saved.status).toBe(201);
    const [event] = await events();
    expect(event).toMatchObject({ type: 'author.created', thin_reason: null });
    expect(String(event?.actor_name)).toBe(`${'я'.repeat(200)} ${'🌾'.repeat(27)}`);
  });

  // MariaDB itself takes no JSON that is deeper than 32.
  const depth = database.client === 'mysql' ? 25 : 4000;

  it.each(['documents', 'query'] as const)(`JSON that is nested ${depth} deep, by %s`, async (way) => {
    const data = media(`deep-${way}`, nested(depth)) as never;
    if (way === 'documents') await playground.strapi.documents(file).create({ data });
    else await playground.strapi.db.query(file).create({ data });
    expect(await playground.strapi.db.query(file).count({ where: { name: `deep-${way}` } })).toBe(1);
    const change = { caption: 'Changed' } as never;
    const where = { name: `deep-${way}` };
    if (way === 'documents') {
      const found = await playground.strapi.db.query(file).findOne({ where });
      await playground.strapi.documents(file).update({ documentId: String(found.documentId), data: change });
    } else await playground.strapi.db.query(file).update({ where, data: change });
    expect(await playground.strapi.db.query(file).count({ where: { caption: 'Changed', ...where } })).toBe(1);
    const found = await events();
    expect(found.map(({ type }) => type)).toEqual(['media.created', 'media.updated']);
    found.forEach(({ body }) => expect(JSON.parse(String(body))).toMatchObject({ data: { model: 'media' } }));
  });

  it('a lone half of a surrogate pair', async () => {
    const data = { ...media('lone', null), caption: 'a\ud800b 🌾' } as never;
    await playground.strapi.db.query(file).create({ data });
    await playground.strapi.documents(author).create({ data: { name: 'c\udc00d 🌾' } as never });
    const found = await events();
    expect(found.map(({ type }) => type)).toEqual(['media.created', 'author.created']);
    expect(found.every(({ body }) => String(body).includes('🌾'))).toBe(true);
  });

  it('20 files of 900 kB that go at once are 20 whole events', async () => {
    const large = { text: 'x"'.repeat(450_000) };
    for (let index = 0; index < 20; index += 1)
      await playground.strapi.db.query(file).create({ data: media(`large-${index}`, large) as never });
    await forgetEvents(playground);
    await playground.strapi.db.transaction(async () => {
      await playground.strapi.db.query(file).deleteMany({ where: { name: { $startsWith: 'large-' } } });
    });
    expect(await playground.strapi.db.query(file).count({ where: { name: { $startsWith: 'large-' } } })).toBe(
      0,
    );
    const found = await events();
    expect(found.map(({ type }) => type)).toEqual(Array.from({ length: 20 }, () => 'media.deleted'));
  });
});

const mysql = databases.filter(({ client }) => client === 'mysql');

// Without such a server there is nothing to try.
const orNone = mysql.length > 0 ? describe.each(mysql) : () => undefined;

orNone('a MySQL or MariaDB that is set up otherwise', (database: TestDatabase) => {
  const name = `event_webhooks_${randomBytes(6).toString('hex')}`;

  it('a database of utf8mb3: emoji are saved, told, delivered and shown', async () => {
    await run(database.env, `create database ${name} character set utf8mb3`);
    const receiver = await new Receiver().start();
    const playground = await startPlayground({ env: { ...database.env, DATABASE_NAME: name } });
    try {
      await playground.strapi.db.connection.raw('alter table authors convert to character set utf8mb4');
      await addWebhook(playground, { name: 'Поле 🌾', url: receiver.url(), events: ['author.*'] });
      await playground.strapi.documents(author).create({ data: { name: 'Леся 🌾' } as never });
      await until('the delivery', async () => receiver.requests.length === 1);
      expect(receiver.bodies()[0]?.data.entry).toMatchObject({ name: 'Леся 🌾' });
      await until('the log', async () => {
        const { body } = await playground.admin<{ results: { state: string; webhook: { name: string } }[] }>(
          'GET',
          '/event-webhooks/deliveries',
        );
        return body.results[0]?.state === 'succeeded' && JSON.stringify(body.results[0]).includes('Поле 🌾');
      });
    } finally {
      await playground.stop();
      await receiver.stop();
      await run(database.env, `drop database ${name}`);
    }
  });

  it('an event larger than a statement that the server takes goes thin, and its change is saved', async () => {
    const options = { capture: { maxBodyBytes: 64 * 1024 * 1024 } };
    const playground = await startPlayground({
      database,
      env: { EVENT_WEBHOOKS_OPTIONS: JSON.stringify(options) },
    });
    try {
      await addWebhook(playground, { url: 'http://127.0.0.1:9/nobody', events: ['media.*'], active: false });
      const [[{ bytes }]] = (await playground.strapi.db.connection.raw(
        'select @@max_allowed_packet as bytes',
      )) as unknown as [[{ bytes: number }]];
      // The change fits into a statement; its event, which tells of both values, does not.
      const texts = (letter: string) => [letter.repeat(Math.floor(Number(bytes) * 0.6))];
      const query = playground.strapi.db.query(file);
      await query.create({ data: media('packet', texts('a')) as never });
      await query.update({ where: { name: 'packet' }, data: { formats: texts('b') } as never });
      const found = await playground.rows('event_webhooks_events');
      expect(found.map(({ type }) => type)).toEqual(['media.created', 'media.updated']);
      expect(String(found[1]?.thin_reason)).toContain('too_large');
      expect(String((await query.findOne({ where: { name: 'packet' } }))?.formats?.[0]).slice(0, 3)).toBe(
        'bbb',
      );
    } finally {
      await playground.stop();
    }
  });
});
