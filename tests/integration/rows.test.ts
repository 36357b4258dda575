import type { UID } from '@strapi/strapi';
import { databases } from './harness/databases';
import { addWebhook, startPlayground } from './harness/playground';
import type { Playground } from './harness/playground';

const account = 'plugin::users-permissions.user' as UID.Schema;
const folder = 'plugin::upload.folder' as UID.Schema;

/** Accounts, media and folders: written by their plugins row by row, past the document service. */
describe.each(databases)('rows that are written past the document service, $client', (database) => {
  let playground: Playground;
  const query = () => playground.strapi.db.query(account);

  const events = async () =>
    (await playground.rows('event_webhooks_events')).map((row) => ({
      type: String(row.type),
      documentId: String(row.document_id),
      guarantee: String(row.guarantee),
      thin: row.thin_reason,
      changed: row.changed_fields === null ? null : (JSON.parse(String(row.changed_fields)) as string[]),
      data: JSON.parse(String(row.body)).data as {
        entry: Record<string, unknown>;
        previous: Record<string, unknown> | null;
      },
    }));
  const forget = async () => {
    await playground.strapi.db.connection('event_webhooks_deliveries').delete();
    await playground.strapi.db.connection('event_webhooks_events').delete();
  };
  const data = (index: number, group: string) => ({
    username: `${group}-${index}`,
    email: `${group}-${index}@example.com`,
    password: 'x',
    provider: 'local',
  });
  const createMany = (count: number, group: string) =>
    query().createMany({ data: Array.from({ length: count }, (_, index) => data(index, group)) as never });
  const ofGroup = (group: string) => ({ username: { $startsWith: `${group}-` } });

  beforeAll(async () => {
    // Nothing is matched: the events stay as they were written.
    playground = await startPlayground({ database, env: { DELIVERY: 'false' } });
    await addWebhook(playground, {
      url: 'http://127.0.0.1:9/nobody',
      events: ['user.*', 'media_folder.*', 'media.*'],
      active: false,
    });
  });
  afterAll(() => playground?.stop());
  beforeEach(async () => {
    await query().deleteMany({ where: {} });
    await forget();
  });

  it('a folder that is moved names parent and path, those below it their path', async () => {
    const service = playground.strapi.plugin('upload').service('folder') as {
      create(data: unknown): Promise<{ id: number; path: string }>;
    };
    const a = await service.create({ name: 'A' });
    const b = await service.create({ name: 'B' });
    const below = await service.create({ name: 'Below', parent: a.id });
    await service.create({ name: 'Beside' });
    await forget();
    const move = await playground.admin('PUT', `/upload/folders/${a.id}`, { name: 'A', parent: b.id });
    expect(move.status).toBe(200);
    const found = await events();
    expect(found.map(({ type, changed, data: { entry } }) => [type, entry.name, changed])).toEqual([
      ['media_folder.updated', 'A', expect.arrayContaining(['parent', 'path'])],
      ['media_folder.updated', 'Below', ['path']],
    ]);
    expect(found[1]?.data.previous).toEqual({ path: below.path });
    await forget();
    const back = await playground.admin('POST', '/upload/actions/bulk-move', {
      folderIds: [a.id],
      destinationFolderId: null,
    });
    expect(back.status).toBe(200);
    expect((await events()).map(({ data: { entry } }) => entry.name).sort()).toEqual(['A', 'Below']);
    await forget();
    await playground.admin('PUT', `/upload/folders/${a.id}`, { name: 'Renamed' });
    expect(await events()).toMatchObject([{ type: 'media_folder.updated', changed: ['name'] }]);
    await playground.strapi.db.query(folder).deleteMany({ where: {} });
  });

  it('update and delete whose where fits 600 rows change one: one event, with its past', async () => {
    await createMany(600, 'one');
    await forget();
    const changed = (await query().update({
      where: { ...ofGroup('one'), provider: 'local' },
      data: { blocked: true },
    })) as { documentId: string };
    const [update, ...more] = await events();
    expect(more).toEqual([]);
    expect(update).toMatchObject({
      type: 'user.updated',
      documentId: changed.documentId,
      changed: ['blocked'],
      data: { previous: { blocked: false } },
    });
    await forget();
    const gone = (await query().delete({ where: ofGroup('one') })) as {
      documentId: string;
      username: string;
    };
    expect(await events()).toMatchObject([
      {
        type: 'user.deleted',
        documentId: gone.documentId,
        thin: null,
        data: { entry: { username: gone.username } },
      },
    ]);
    expect(await query().count()).toBe(599);
  });

  it.each([600, 5000])('createMany, updateMany, deleteMany of %i: exactly one event each', async (count) => {
    await createMany(count, 'many');
    const created = await events();
    expect(created.map(({ type }) => type)).toEqual(Array.from({ length: count }, () => 'user.created'));
    expect(new Set(created.map(({ data: { entry } }) => entry.username)).size).toBe(count);
    await query().update({ where: { username: 'many-7' }, data: { blocked: true } });
    await forget();

    await query().updateMany({
      where: { ...ofGroup('many'), provider: 'local' },
      data: { blocked: true, provider: 'x' },
    });
    const updated = await events();
    expect(updated).toHaveLength(count);
    expect(updated.filter(({ changed }) => changed?.includes('blocked'))).toHaveLength(count - 1);
    expect(updated.find(({ data: { entry } }) => entry.username === 'many-7')).toMatchObject({
      changed: ['provider'],
      data: { previous: { provider: 'local' } },
    });
    await forget();

    // The same once more changes nothing; and the condition fits none of them any more.
    await query().updateMany({ where: ofGroup('many'), data: { blocked: true, provider: 'x' } });
    expect(await events()).toEqual([]);

    await query().deleteMany({ where: ofGroup('many') });
    const deleted = await events();
    expect(deleted).toHaveLength(count);
    expect(new Set(deleted.map(({ documentId }) => documentId)).size).toBe(count);
    expect(deleted.every(({ type, thin }) => type === 'user.deleted' && thin === null)).toBe(true);
  });

  it('a token that nobody may know changes nothing that is told', async () => {
    await query().create({ data: data(1, 'token') as never });
    await forget();
    await query().update({ where: { username: 'token-1' }, data: { resetPasswordToken: 'secret' } });
    await query().update({ where: { username: 'token-1' }, data: { confirmationToken: 'secret' } });
    await query().updateMany({ where: ofGroup('token'), data: { resetPasswordToken: null } });
    expect(await events()).toEqual([]);
    await query().update({ where: { username: 'token-1' }, data: { confirmed: true } });
    expect(await events()).toMatchObject([{ type: 'user.updated', changed: ['confirmed'] }]);
  });

  it('within a transaction of the app they are in it, and a rollback takes them along', async () => {
    await playground.strapi.db.transaction(async () => {
      await createMany(3, 'inside');
      await query().updateMany({ where: ofGroup('inside'), data: { blocked: true } });
    });
    expect((await events()).map(({ type, guarantee }) => [type, guarantee])).toEqual([
      ...Array.from({ length: 3 }, () => ['user.created', 'same_transaction']),
      ...Array.from({ length: 3 }, () => ['user.updated', 'same_transaction']),
    ]);
    await forget();
    const rolledBack = playground.strapi.db.transaction(async () => {
      await query().deleteMany({ where: ofGroup('inside') });
      throw new Error('rolled back');
    });
    await expect(rolledBack).rejects.toThrow('rolled back');
    expect(await events()).toEqual([]);
  });

  describe('where the event finds no room', () => {
    const hide = (away: boolean) =>
      playground.strapi.db.connection.schema.renameTable(
        ...((away
          ? ['event_webhooks_events', 'hidden_events']
          : ['hidden_events', 'event_webhooks_events']) as [string, string]),
      );
    beforeEach(() => hide(true));
    afterEach(() => hide(false));

    it('the write goes on, alone and in a transaction of the app', async () => {
      await query().create({ data: data(1, 'room') as never });
      await playground.strapi.db.transaction(async () => {
        await query().create({ data: data(2, 'room') as never });
        await Promise.all([3, 4, 5].map((index) => query().create({ data: data(index, 'room') as never })));
        await query().update({ where: { username: 'room-2' }, data: { blocked: true } });
        await query().delete({ where: { username: 'room-3' } });
      });
      await query().deleteMany({ where: { username: 'room-1' } });
      const left = (await query().findMany({ orderBy: { username: 'asc' } })) as Record<string, unknown>[];
      expect(left.map(({ username, blocked }) => [username, blocked])).toEqual([
        ['room-2', true],
        ['room-4', false],
        ['room-5', false],
      ]);
    });
  });
});
