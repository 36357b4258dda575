import { isDeepStrictEqual } from 'node:util';
import type { Status, Values, Version } from './content';
import type { Patch, Touch } from './expected';
import { sameFields, someFields } from './fields';
import { documentIds, locales, newArticle, newPage, uids } from './magazine';
import type { Magazine } from './magazine';

/** A change, chosen but not made yet. */
export interface Change {
  /** What it is, for people. */
  tells: string;
  /** Makes it. @returns what it was about. */
  make: () => Promise<Touch[] | AtOnce>;
}

/** Changes of one version that were made at the same time; those that the database refused are not among them. */
export interface AtOnce {
  atOnce: readonly Patch[];
}

/** Chooses a change of one kind; null where the content of the moment has nothing for it. */
type Kind = (magazine: Magazine) => Change | null;

const withDrafts: readonly string[] = [uids.article, uids.tag];
const brief = (value: unknown): string => {
  const text = JSON.stringify(value);
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
};
const touchOf = ({ uid, documentId, locale }: Version, more: Partial<Touch> = {}): Touch => ({
  ...{ uid, documentId, locale },
  ...more,
});
const localeOf = ({ locale }: { locale: string | null }): Values => (locale ? { locale } : {});

/** The versions that are edited: drafts, or the only ones. */
const working = (magazine: Magazine, uid: string): Version[] =>
  magazine.versions(uid, withDrafts.includes(uid) ? 'draft' : 'published');

const query = (params: Values): string => {
  const words = Object.entries(params).map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
  return words.length > 0 ? `?${words.join('&')}` : '';
};

/** Saves fields of a version in one of the ways in which a site does it. */
function save(magazine: Magazine, version: Version, data: Values): Change {
  const { dice } = magazine;
  const { uid, documentId } = version;
  const drafts = withDrafts.includes(uid);
  const status = drafts ? dice.pick(['', 'draft', 'draft', 'published']) : '';
  // Strapi's REST API refuses a relation that may lead to any type.
  const byRest = uid !== uids.review && dice.chance(0.6);
  const publishes = drafts && (byRest ? status !== 'draft' : status === 'published');
  const params = { ...localeOf(version), ...(status ? { status } : {}) };
  const answer = dice.pick<Values>([
    {},
    { fields: uid === uids.article ? 'title' : 'id' },
    { populate: '*' },
  ]);
  return {
    tells: `${byRest ? `PUT ${query({ ...params, ...answer })}` : `update ${brief(params)}`} of ${uid} ${documentId.slice(0, 6)}: ${brief(data)}`,
    async make() {
      if (byRest) await magazine.rest('PUT', uid, `/${documentId}${query({ ...params, ...answer })}`, data);
      else await magazine.documents(uid, 'update', { documentId, ...params, data });
      return [touchOf(version, { publishes })];
    },
  };
}

const saveSome =
  (uid: string): Kind =>
  (magazine) => {
    const there = working(magazine, uid);
    if (there.length === 0) return null;
    const version = magazine.dice.pick(there);
    return save(magazine, version, someFields(magazine, version));
  };

const saveTheSame: Kind = (magazine) => {
  const version = magazine.dice.pick([...working(magazine, uids.article), ...working(magazine, uids.page)]);
  return save(magazine, version, sameFields(version));
};

const saveShared: Kind = (magazine) => {
  const { dice } = magazine;
  const all = [...working(magazine, uids.article), ...working(magazine, uids.page)];
  const several = all.filter(({ documentId, locale }) =>
    all.some((other) => other.documentId === documentId && other.locale !== locale),
  );
  if (several.length === 0) return null;
  const version = dice.pick(several);
  if (version.uid === uids.article) {
    return save(
      magazine,
      version,
      dice.pick<Values>([
        { section: dice.word() },
        { issueNumber: dice.below(1000) },
        { cover: dice.pick(magazine.files) },
        { title: dice.word() },
      ]),
    );
  }
  return save(
    magazine,
    version,
    dice.chance(0.5) ? { template: dice.word() } : { seo: { metaTitle: dice.word() } },
  );
};

const addLocale: Kind = (magazine) => {
  const { dice } = magazine;
  const version = dice.pick([...working(magazine, uids.article), ...working(magazine, uids.page)]);
  const taken = working(magazine, version.uid).filter(({ documentId }) => documentId === version.documentId);
  const free = locales.filter((locale) => !taken.some((one) => one.locale === locale));
  if (free.length === 0) return null;
  const fresh = { ...version, locale: dice.pick(free), raw: {} };
  const more = dice.chance(0.4) ? someFields(magazine, fresh) : {};
  // Of a new locale the title is required.
  return save(magazine, fresh, { ...more, title: dice.word() });
};

function newEntry(magazine: Magazine, uid: string, locale: string | null): Values {
  if (uid === uids.article) return newArticle(magazine);
  if (uid === uids.page) return newPage(magazine, locale ?? 'en');
  return { [uid === uids.order ? 'number' : 'name']: magazine.dice.word() };
}

const create: Kind = (magazine) => {
  const { dice } = magazine;
  const uid = dice.pick([uids.article, uids.article, uids.page, uids.author, uids.tag, uids.order]);
  if (documentIds(magazine, uid).length > 6) return null;
  const locale = magazine.reader.isLocalized(uid) ? dice.pick(locales) : null;
  const data = newEntry(magazine, uid, locale);
  const byRest = dice.chance(0.5);
  const drafts = withDrafts.includes(uid);
  const params = { ...localeOf({ locale }), ...(dice.chance(0.5) && drafts ? { status: 'draft' } : {}) };
  return {
    tells: `create ${byRest ? 'by REST' : ''} ${uid} ${brief(params)}: ${brief(data)}`,
    async make() {
      const made = byRest
        ? await magazine.rest('POST', uid, query(params), data)
        : await magazine.documents(uid, 'create', { ...params, data });
      const publishes = byRest && drafts && !('status' in params);
      return [{ ...{ uid, locale, publishes }, documentId: String(made?.documentId) }];
    },
  };
};

const remove: Kind = (magazine) => {
  const { dice } = magazine;
  const uid = dice.pick([uids.article, uids.page, uids.author, uids.tag, uids.order, uids.review]);
  if (documentIds(magazine, uid).length < 3) return null;
  const version = dice.pick(working(magazine, uid));
  const { documentId } = version;
  const every = version.locale !== null && dice.chance(0.4);
  const byRest = dice.chance(0.5) && !every;
  const params = every ? { locale: '*' } : localeOf(version);
  return {
    tells: `delete ${byRest ? 'by REST' : ''} ${uid} ${documentId.slice(0, 6)} ${brief(params)}`,
    async make() {
      if (byRest) await magazine.rest('DELETE', uid, `/${documentId}${query(params)}`);
      else await magazine.documents(uid, 'delete', { documentId, ...params });
      return [touchOf(version, every ? { locale: null } : {})];
    },
  };
};

/** Whether the locales agree about what they share, so that i18n has nothing to copy between them. */
function agree(magazine: Magazine, { uid, documentId }: Version, status: Status): boolean {
  const shared = magazine
    .versions(uid, status)
    .filter((version) => version.documentId === documentId)
    .map(({ told }) => [told.section, told.issueNumber, told.cover]);
  return shared.every((values) => isDeepStrictEqual(values, shared[0]));
}

/** `publish`, `unpublish` or `discardDraft` by code or in the content manager. */
const action =
  (name: 'publish' | 'unpublish' | 'discardDraft'): Kind =>
  (magazine) => {
    const { dice } = magazine;
    const uid = dice.chance(0.75) ? uids.article : uids.tag;
    const there = magazine.versions(uid, name === 'unpublish' ? 'published' : 'draft');
    if (there.length === 0) return null;
    const version = dice.pick(there);
    const { documentId } = version;
    const more = { publishes: name === 'publish', discards: name === 'discardDraft' };
    const live = magazine.version({ ...version, status: 'published' });
    // The content manager discards only where there is something to go back to.
    if (dice.chance(0.5) && (live || name === 'publish')) return inEditor(magazine, name, version, more);
    const source = name === 'publish' ? 'draft' : 'published';
    const every = version.locale !== null && dice.chance(0.4) && agree(magazine, version, source);
    const locale = every ? '*' : version.locale;
    return {
      tells: `${name} ${uid} ${documentId.slice(0, 6)} ${locale}`,
      async make() {
        await magazine.documents(uid, name, { documentId, ...localeOf({ locale }) });
        return [touchOf(version, { ...more, ...(every ? { locale: null } : {}) })];
      },
    };
  };

const clone: Kind = (magazine) => {
  const { dice } = magazine;
  const uid = dice.pick([uids.article, uids.page, uids.author]);
  if (documentIds(magazine, uid).length > 5) return null;
  const { documentId, locale } = dice.pick(working(magazine, uid));
  const data = { [uid === uids.author ? 'name' : 'title']: dice.word() };
  return {
    tells: `clone ${uid} ${documentId.slice(0, 6)} ${locale}`,
    async make() {
      const made = await magazine.documents(uid, 'clone', { documentId, data, ...localeOf({ locale }) });
      return [{ uid, locale, documentId: String(made?.documentId) }];
    },
  };
};

function inEditor(magazine: Magazine, name: string, version: Version, more: Partial<Touch>): Change {
  const { uid, documentId } = version;
  const { dice } = magazine;
  const discardDraft = name === 'unpublish' && dice.chance(0.4);
  const edited = name === 'publish' && dice.chance(0.6) ? someFields(magazine, version) : {};
  const body = { ...edited, ...(discardDraft ? { discardDraft } : {}) };
  const path = `/${documentId}/actions/${name === 'discardDraft' ? 'discard' : name}${query(localeOf(version))}`;
  return {
    tells: `${name} in the content manager ${uid} ${documentId.slice(0, 6)} ${version.locale}: ${brief(body)}`,
    async make() {
      await magazine.editor('POST', uid, path, { ...body, ...localeOf(version) });
      return [touchOf(version, { ...more, ...(discardDraft ? { discards: true } : {}) })];
    },
  };
}

/** Several documents by one request of the content manager. */
const bulk =
  (name: 'bulkPublish' | 'bulkUnpublish' | 'bulkDelete'): Kind =>
  (magazine) => {
    const { dice } = magazine;
    const uid = dice.chance(0.7) ? uids.article : uids.tag;
    const locale = uid === uids.article ? dice.pick(locales) : null;
    const there = magazine
      .versions(uid, name === 'bulkUnpublish' ? 'published' : 'draft')
      .filter((version) => version.locale === locale);
    const chosen = dice.some(there, name === 'bulkDelete' ? 2 : 3);
    if (chosen.length < 2 || (name === 'bulkDelete' && documentIds(magazine, uid).length < 4)) return null;
    const body = { documentIds: chosen.map(({ documentId }) => documentId), ...localeOf({ locale }) };
    return {
      tells: `${name} ${uid} ${brief(body)}`,
      async make() {
        await magazine.editor('POST', uid, `/actions/${name}`, body);
        return chosen.map((version) => touchOf(version, { publishes: name === 'bulkPublish' }));
      },
    };
  };

/** Several documents at once within one transaction. */
const together: Kind = (magazine) => {
  const { dice } = magazine;
  // Of one type: an entry that is related to another of them would show it as it is half-way.
  const type = dice.pick([uids.article, uids.tag]);
  const chosen = dice
    .some(working(magazine, type), 4)
    .filter(
      ({ documentId }, index, list) => list.findIndex((one) => one.documentId === documentId) === index,
    );
  const data = chosen.map(({ uid }) =>
    uid === uids.article ? { title: dice.word(), facts: { id: dice.below(3) } } : { colour: dice.word() },
  );
  return {
    tells: `at once in one transaction: ${chosen.map(({ uid, documentId, locale }, index) => `${uid} ${documentId.slice(0, 6)} ${locale} ${brief(data[index])}`).join('; ')}`,
    async make() {
      await magazine.strapi.db.transaction(() =>
        Promise.all(
          chosen.map((version, index) =>
            magazine.documents(version.uid, 'update', {
              ...{ documentId: version.documentId, data: data[index] },
              ...localeOf(version),
            }),
          ),
        ),
      );
      return chosen.map((version) => touchOf(version));
    },
  };
};

/** Two saves of one version at the same time: of the same fields, of others, or the same values. */
const twoSaves: Kind = (magazine) => {
  const { dice } = magazine;
  const uid = dice.pick([uids.article, uids.author, uids.tag, uids.order]);
  const there = working(magazine, uid);
  if (there.length === 0) return null;
  const version = dice.pick(there);
  const [one, other] =
    uid === uids.article ? ['title', 'teaser'] : uid === uids.order ? ['number', 'number'] : ['name', 'name'];
  const first: Values = { [one ?? '']: dice.word() };
  const second = dice.pick<Values>([first, { [one ?? '']: dice.word() }, { [other ?? '']: dice.word() }]);
  if (uid === uids.article && dice.chance(0.4)) return turnedGallery(magazine, version, first);
  return bothAtOnce(magazine, version, [
    { data: first, told: first },
    { data: second, told: second },
  ]);
};

/** Files in another order beside a change of another field. */
function turnedGallery(magazine: Magazine, version: Version, other: Values): Change {
  const turned = (from: Values): Values[] => [...((from.gallery ?? []) as Values[])].reverse();
  return bothAtOnce(magazine, version, [
    { data: { gallery: turned(version.raw).map(({ id }) => id) }, told: { gallery: turned(version.told) } },
    { data: other, told: other },
  ]);
}

function bothAtOnce(
  magazine: Magazine,
  version: Version,
  saves: readonly { data: Values; told: Values }[],
): Change {
  const { uid, documentId, locale, status } = version;
  return {
    tells: `two at once ${uid} ${documentId.slice(0, 6)} ${locale}: ${saves.map(({ data }) => brief(data)).join(' and ')}`,
    async make() {
      const made = await Promise.allSettled(
        saves.map(({ data }) =>
          magazine.documents(uid, 'update', { documentId, data, ...localeOf(version) }),
        ),
      );
      const patches = saves.map(({ told }) => ({ uid, documentId, locale, status, fields: told }));
      // A database may end a deadlock by refusing one of them.
      return { atOnce: patches.filter((_, index) => made[index]?.status === 'fulfilled') };
    },
  };
}

const twoDeletes: Kind = (magazine) => {
  const { dice } = magazine;
  const uid = dice.pick([uids.article, uids.author, uids.order]);
  if (documentIds(magazine, uid).length < 3) return null;
  const version = dice.pick(working(magazine, uid));
  const { documentId } = version;
  const byRest = dice.chance(0.5);
  const erase = () =>
    byRest
      ? magazine.rest('DELETE', uid, `/${documentId}${query(localeOf(version))}`)
      : magazine.documents(uid, 'delete', { documentId, ...localeOf(version) });
  return {
    tells: `two deletes at once ${byRest ? 'by REST' : ''} ${uid} ${documentId.slice(0, 6)} ${version.locale}`,
    async make() {
      const made = await Promise.allSettled([erase(), erase()]);
      if (made.every(({ status }) => status === 'rejected')) throw new Error('both were refused');
      return [touchOf(version)];
    },
  };
};

/** Every kind, as often as it shall come in one round. */
const kinds: readonly Kind[] = [
  ...Array.from({ length: 10 }, () => saveSome(uids.article)),
  ...Array.from({ length: 3 }, () => saveSome(uids.author)),
  ...Array.from({ length: 3 }, () => saveSome(uids.page)),
  ...[saveSome(uids.tag), saveSome(uids.order), saveSome(uids.review)],
  ...[saveTheSame, saveShared, saveShared, addLocale, addLocale],
  ...[create, create, clone, remove],
  ...[action('publish'), action('publish'), action('unpublish'), action('discardDraft')],
  ...[bulk('bulkPublish'), bulk('bulkUnpublish'), bulk('bulkDelete')],
  ...[together, twoSaves, twoSaves, twoDeletes],
];

/** The kinds of one round in random order. Each is chosen at its turn, for the content of that moment. */
export const round = ({ dice }: Magazine): readonly Kind[] => dice.some(kinds, kinds.length);
