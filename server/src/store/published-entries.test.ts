import type { Core } from '@strapi/strapi';
import { Database as StrapiDatabase } from '@strapi/database';
import type { Model } from '@strapi/database';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDatabase } from './connection';
import { createPublishedEntries } from './published-entries';

const page = 'api::page.page';
const note = 'api::note.note';
const modelOf = (uid: string, name: string, attributes: object) =>
  ({
    ...{ uid, singularName: name, tableName: `${name}s` },
    attributes: { id: { type: 'increments' }, documentId: { type: 'string' }, ...attributes },
  }) as unknown as Model;
const silent = { info: () => {}, warn: () => {}, error: () => {}, debug: () => {} };

describe('whether entries are published now', () => {
  let folder: string;
  let db: StrapiDatabase;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'published-'));
    db = new StrapiDatabase({
      connection: {
        ...{ client: 'sqlite', useNullAsDefault: true },
        connection: { filename: join(folder, 'content.db') },
      },
      settings: { migrations: { dir: '/nonexistent' } },
      logger: silent,
    });
    const localized = { locale: { type: 'string' }, publishedAt: { type: 'datetime' } };
    await db.init({ models: [modelOf(page, 'page', localized), modelOf(note, 'note', {})] });
    await db.schema.sync();
  });
  afterAll(async () => {
    await db.destroy();
    await rm(folder, { recursive: true, force: true });
  });

  it('each language by itself; without drafts every entry that exists is', async () => {
    const pages = [
      ['a', 'en', 1],
      ['a', 'en', null],
      ['a', 'uk', null],
      ['b', null, 1],
    ].map(([document_id, locale, published_at]) => ({ document_id, locale, published_at }));
    await db.connection('pages').insert(pages);
    await db.connection('notes').insert([{ document_id: 'a' }]);
    const strapi = { db } as unknown as Core.Strapi;
    const published = createPublishedEntries(strapi, createDatabase(strapi));
    const entries = [
      ...[...['en', 'uk', null].map((locale) => ['a', locale] as const), ['b', null] as const].map(
        ([documentId, locale]) => ({ uid: page, documentId, locale }),
      ),
      { uid: note, documentId: 'a', locale: null },
      { uid: note, documentId: 'b', locale: null },
    ];
    const isPublished = await published(db.connection as never, entries, (uid) => uid === page);
    expect(entries.map(isPublished)).toEqual([true, false, false, true, true, false]);
  });
});
