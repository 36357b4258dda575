import type { Core, UID } from '@strapi/strapi';
import type { Playground } from '../harness/playground';
import { createReader, versionKey } from './content';
import type { Content, Reader, Status, Values, Version } from './content';
import type { Dice } from './dice';

export const uids = {
  article: 'api::article.article',
  author: 'api::author.author',
  tag: 'api::tag.tag',
  page: 'api::page.page',
  order: 'api::order.order',
  review: 'api::review.review',
  user: 'plugin::users-permissions.user',
} as const;

export const locales = ['en', 'uk', 'de'] as const;

const plurals: Record<string, string> = {
  [uids.article]: 'articles',
  [uids.author]: 'authors',
  [uids.tag]: 'tags',
  [uids.page]: 'pages',
  [uids.order]: 'orders',
  [uids.review]: 'reviews',
};

/** The app with its content as it is now, and the ways in which content is changed. */
export interface Magazine {
  strapi: Core.Strapi;
  dice: Dice;
  reader: Reader;
  files: number[];
  /** Document ids of accounts. */
  users: string[];
  /** The content as the content API tells it at present; a step reads it anew. */
  content: Content;
  versions: (uid: string, status?: Status) => Version[];
  version: (of: Pick<Version, 'uid' | 'documentId' | 'locale' | 'status'>) => Version | undefined;
  documents: (uid: string, action: string, params: Values) => Promise<{ documentId?: string } | null>;
  /** The REST API, asked by nobody in particular. */
  rest: (method: string, uid: string, path: string, data?: Values) => Promise<{ documentId: string } | null>;
  /** The content manager, as the administrator. */
  editor: (method: string, uid: string, path: string, body?: Values) => Promise<void>;
}

export function createMagazine(playground: Playground, dice: Dice): Magazine {
  const { strapi } = playground;
  const reader = createReader(
    strapi,
    Object.values(uids).filter((uid) => uid !== uids.user),
  );
  const magazine: Magazine = {
    ...{ strapi, dice, reader, files: [], users: [], content: new Map<string, Version>() },
    versions: (uid, status) =>
      [...magazine.content.values()].filter(
        (version) => version.uid === uid && (!status || version.status === status),
      ),
    version: (of) => magazine.content.get(versionKey(of)),
    documents(uid, action, params) {
      const service = strapi.documents(uid as UID.ContentType) as unknown as Record<
        string,
        (params: Values) => Promise<{ documentId?: string } | null>
      >;
      const method = service[action];
      if (!method) throw new Error(`${uid} cannot ${action}`);
      return method(params);
    },
    async rest(method, uid, path, data) {
      const response = await fetch(`${playground.url}/api/${plurals[uid]}${path}`, {
        method,
        headers: { 'content-type': 'application/json' },
        body: data ? JSON.stringify({ data }) : undefined,
      });
      const text = await response.text();
      if (!response.ok)
        throw new Error(`${method} ${uid}${path} answered ${response.status}: ${text.slice(0, 500)}`);
      return text ? (JSON.parse(text) as { data: { documentId: string } }).data : null;
    },
    async editor(method, uid, path, body) {
      const { status, body: answer } = await playground.admin(
        method,
        `/content-manager/collection-types/${uid}${path}`,
        body,
      );
      if (status >= 300)
        throw new Error(`${method} ${uid}${path} answered ${status}: ${JSON.stringify(answer)}`);
    },
  };
  return magazine;
}

const file = (strapi: Core.Strapi, index: number): Promise<{ id: number }> =>
  strapi.db.query('plugin::upload.file').create({
    data: {
      ...{ name: `picture-${index}.png`, alternativeText: `Picture ${index}`, width: 100, height: 80 },
      formats: { thumbnail: { url: `/uploads/thumbnail_${index}.png`, width: 50, height: 40, size: 1.5 } },
      ...{ hash: `picture_${index}`, ext: '.png', mime: 'image/png', size: 12.5 },
      ...{ url: `/uploads/picture_${index}.png`, provider: 'local', folderPath: '/' },
    },
  });

/** Languages, files, users, and some content of every type to begin with. */
export async function fill(magazine: Magazine): Promise<void> {
  const { strapi, documents } = magazine;
  for (const code of locales.slice(1))
    await strapi.plugin('i18n').service('locales').create({ code, name: code });
  for (let index = 1; index <= 6; index += 1) magazine.files.push((await file(strapi, index)).id);
  for (const name of ['olena', 'taras']) {
    const data = { username: name, email: `${name}@example.com`, password: `Secret-${name}-1` };
    const user = await strapi.plugin('users-permissions').service('user').add(data);
    magazine.users.push(user.documentId);
  }
  for (const name of ['Lesia', 'Ivan', 'Olha']) {
    const seo = { metaTitle: name, social: { heading: name, image: magazine.files[0], links: [link('a')] } };
    await documents(uids.author, 'create', { data: { name, accessCode: 'secret', seo } });
  }
  for (const name of ['news', 'art', 'sport', 'city']) {
    await documents(uids.tag, 'create', { data: { name, colour: 'red' }, status: 'published' });
  }
  magazine.content = await magazine.reader.read();
  for (let index = 0; index < 4; index += 1) {
    const data = newArticle(magazine);
    await documents(uids.article, 'create', { data, ...(index > 1 ? { status: 'published' } : {}) });
  }
  magazine.content = await magazine.reader.read();
  for (let index = 0; index < 2; index += 1) {
    await documents(uids.page, 'create', { data: newPage(magazine, 'en') });
    await documents(uids.order, 'create', { data: { number: `A-${index}`, total: 10.5 } });
    await documents(uids.review, 'create', { data: { text: `Review ${index}`, stars: 4 } });
  }
  magazine.content = await magazine.reader.read();
}

export const link = (label: string): Values => ({ label, url: `https://example.com/${label}` });

export const documentIds = (magazine: Magazine, uid: string, status?: Status): string[] => [
  ...new Set(magazine.versions(uid, status).map(({ documentId }) => documentId)),
];

export const newSeo = ({ dice, files }: Magazine): Values => ({
  metaTitle: dice.word(),
  social: {
    heading: dice.word(),
    image: dice.pick(files),
    links: [link(dice.word()), link(dice.word())],
  },
});

export const newQuote = (magazine: Magazine): Values => ({
  __component: 'sections.quote',
  text: magazine.dice.word(),
  speaker: magazine.dice.pick(documentIds(magazine, uids.author)),
});

export const newSlideshow = ({ dice, files }: Magazine): Values => ({
  __component: 'sections.slideshow',
  title: dice.word(),
  slides: dice.some(files, 2).map((picture) => ({ caption: dice.word(), picture })),
});

export const newFootnote = ({ dice }: Magazine): Values => ({
  mark: dice.below(100),
  text: dice.word(),
  source: link(dice.word()),
});

export const newArticle = (magazine: Magazine): Values => ({
  title: magazine.dice.word(),
  section: magazine.dice.word(),
  facts: { id: magazine.dice.below(9), list: [{ id: 1 }, { id: 2 }] },
  seo: newSeo(magazine),
  footnotes: [newFootnote(magazine), newFootnote(magazine)],
  sections: [newQuote(magazine), newSlideshow(magazine)],
  cover: magazine.dice.pick(magazine.files),
  gallery: magazine.dice.some(magazine.files, 3),
  author: magazine.dice.pick(documentIds(magazine, uids.author)),
  tags: magazine.dice.some(documentIds(magazine, uids.tag), 2),
});

/** Articles that an entry in this locale can be related to; of a type without locales, in the default one. */
export const articlesIn = (magazine: Magazine, locale: string | null): string[] => [
  ...new Set(
    magazine
      .versions(uids.article)
      .filter((version) => version.locale === (locale ?? 'en'))
      .map(({ documentId }) => documentId),
  ),
];

export const newPage = (magazine: Magazine, locale: string): Values => ({
  title: magazine.dice.word(),
  template: magazine.dice.word(),
  seo: newSeo(magazine),
  highlights: magazine.dice.some(articlesIn(magazine, locale), 2),
});
