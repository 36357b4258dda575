import type { Values, Version } from './content';
import { articlesIn, documentIds, link, newFootnote, newQuote, newSeo, newSlideshow, uids } from './magazine';
import type { Magazine } from './magazine';

/** New values for some fields of a version, as a request may bear them. */
type Edit = (magazine: Magazine, version: Version) => Values;

const rowsOf = (value: unknown): Values[] =>
  (Array.isArray(value) ? value : value ? [value] : []) as Values[];
const idOf = ({ id }: Values): Values => ({ id });
const typed = ({ id, __component }: Values): Values => ({ id, __component });
const reversed = <T>(list: readonly T[]): T[] => [...list].reverse();

const scalar =
  (name: string, value: (magazine: Magazine) => unknown): Edit =>
  (magazine, { raw }) => ({ [name]: magazine.dice.chance(0.15) ? (raw[name] ?? null) : value(magazine) });

const word = ({ dice }: Magazine): string => dice.word();
const number = ({ dice }: Magazine): number => dice.below(1000);
const json = ({ dice }: Magazine): unknown =>
  dice.pick<() => unknown>([
    () => ({ id: dice.below(3), list: [{ id: dice.below(3) }, { id: dice.below(3) }] }),
    () => [{ id: dice.below(3), name: 'a' }],
    () => ({ deep: { id: dice.below(3), text: dice.word() } }),
    () => null,
  ])();
const blocks = ({ dice }: Magazine): unknown => [
  { type: 'paragraph', children: [{ type: 'text', text: dice.word() }] },
  { type: 'heading', level: 2, children: [{ type: 'text', text: 'Heading' }] },
];

/** Edits in place, replaces or removes the component `seo` and what lies in it. */
const seo: Edit = (magazine, { raw }) => {
  const { dice, files } = magazine;
  const [old] = rowsOf(raw.seo);
  if (!old || dice.chance(0.15)) return { seo: newSeo(magazine) };
  const [social] = rowsOf(old.social);
  if (dice.chance(0.1)) return { seo: null };
  if (!social || dice.chance(0.3)) return { seo: { ...idOf(old), metaTitle: dice.word() } };
  const links = rowsOf(social.links);
  const inside = dice.pick<() => Values>([
    () => ({ heading: dice.word() }),
    () => ({ image: dice.chance(0.3) ? null : dice.pick(files) }),
    () => ({ links: reversed(links).map(idOf) }),
    () => ({ links: [...links.map(idOf), link(dice.word())] }),
    () => ({ links: links.slice(1).map((one) => ({ ...idOf(one), label: dice.word() })) }),
  ])();
  return { seo: { ...idOf(old), social: { ...idOf(social), ...inside } } };
};

const footnotes: Edit = (magazine, { raw }) => {
  const { dice } = magazine;
  const old = rowsOf(raw.footnotes);
  const edited = () =>
    old.map((one, index) => (index === 0 ? { ...idOf(one), text: dice.word() } : idOf(one)));
  return {
    footnotes: dice.pick<() => Values[]>([
      edited,
      () => reversed(old).map(idOf),
      () => [...old.map(idOf), newFootnote(magazine)],
      () => old.slice(1).map(idOf),
      () => [newFootnote(magazine)],
    ])(),
  };
};

const sections: Edit = (magazine, { raw }) => {
  const { dice, files } = magazine;
  const old = rowsOf(raw.sections);
  const author = () => dice.pick(documentIds(magazine, uids.author));
  const edited = (one: Values): Values => {
    if (one.__component === 'sections.quote') {
      return { ...typed(one), ...(dice.chance(0.5) ? { text: dice.word() } : { speaker: author() }) };
    }
    const slides = rowsOf(one.slides);
    return {
      ...typed(one),
      slides: dice.chance(0.5)
        ? reversed(slides).map(idOf)
        : slides.map((slide) => ({ ...idOf(slide), picture: dice.pick(files) })),
    };
  };
  return {
    sections: dice.pick<() => Values[]>([
      () => old.map((one, index) => (index === 0 ? edited(one) : typed(one))),
      () => old.map((one, index) => (index === old.length - 1 ? edited(one) : typed(one))),
      () => reversed(old).map(typed),
      () => [...old.map(typed), dice.chance(0.5) ? newQuote(magazine) : newSlideshow(magazine)],
      () => old.slice(1).map(typed),
    ])(),
  };
};

const cover: Edit = ({ dice, files }) => ({ cover: dice.chance(0.2) ? null : dice.pick(files) });

const gallery: Edit = ({ dice, files }, { raw }) => {
  const old = rowsOf(raw.gallery).map(({ id }) => id as number);
  return {
    gallery: dice.pick<() => number[]>([
      () => reversed(old),
      () => dice.some(files, 3),
      () => old.slice(1),
      () => old,
    ])(),
  };
};

/** Connects, disconnects, sets or reorders a relation to many. */
const toMany =
  (name: string, targets: (magazine: Magazine, locale: string | null) => string[]): Edit =>
  (magazine, { raw, locale }) => {
    const { dice } = magazine;
    const there = targets(magazine, locale);
    const old = [...new Set(rowsOf(raw[name]).map(({ documentId }) => String(documentId)))];
    const present = old.filter((one) => there.includes(one));
    const [first, last] = [present[0], present.at(-1)];
    const moved = first && last && first !== last ? { documentId: last, position: { before: first } } : null;
    return {
      [name]: dice.pick<() => unknown>([
        () => ({ connect: moved ? [moved] : dice.some(there, 1) }),
        () => ({ connect: dice.some(there, 1) }),
        () => ({ disconnect: dice.some(present, 1) }),
        () => ({ set: dice.some(there, 3) }),
        () => ({ set: reversed(present) }),
        () => ({ set: present }),
      ])(),
    };
  };

const toOne =
  (name: string, targets: (magazine: Magazine) => string[]): Edit =>
  (magazine, { raw }) => {
    const { dice } = magazine;
    const target = dice.pick(targets(magazine));
    const [old] = rowsOf(raw[name]).map(({ documentId }) => documentId);
    return {
      [name]: dice.pick<() => unknown>([
        () => ({ connect: [target] }),
        () => ({ set: [target] }),
        () => (old ? { disconnect: [old] } : { connect: [target] }),
        () => null,
      ])(),
    };
  };

const documentsOf =
  (uid: string) =>
  (magazine: Magazine): string[] =>
    documentIds(magazine, uid);

/** A relation that may lead to any type names the type with the document; only code can write the one below by id. */
const reviews: Edit = (magazine) => ({
  reviews: {
    set: magazine.dice
      .some(documentIds(magazine, uids.review), 2)
      .map((documentId) => ({ documentId, __type: uids.review })),
  },
});

const mentions: Edit = (magazine) => ({
  mentions: {
    set: [
      ...magazine.dice
        .some(articlesIn(magazine, null), 2)
        .map((id) => ({ documentId: id, __type: uids.article })),
      ...magazine.dice
        .some(documentIds(magazine, uids.author), 1)
        .map((id) => ({ documentId: id, __type: uids.author })),
    ],
  },
});

const subject: Edit = (magazine) => {
  const page = magazine.dice.pick(magazine.versions(uids.page));
  return { subject: magazine.dice.chance(0.2) ? null : { id: page.rowId, __type: uids.page } };
};

const edits: Record<string, readonly Edit[]> = {
  [uids.article]: [
    ...[scalar('title', word), scalar('section', word), scalar('issueNumber', number)],
    ...[scalar('facts', json), scalar('body', blocks), scalar('teaser', word)],
    ...[scalar('format', ({ dice }) => dice.pick(['news', 'essay', 'interview']))],
    ...[scalar('readingMinutes', number), scalar('editorNote', word)],
    ...[seo, footnotes, sections, cover, gallery],
    toOne('author', documentsOf(uids.author)),
    toMany('tags', documentsOf(uids.tag)),
  ],
  [uids.author]: [
    ...[scalar('name', word), scalar('accessCode', word), scalar('settings', json), seo],
    toMany('articles', articlesIn),
    toOne('account', (magazine) => magazine.users),
  ],
  [uids.tag]: [...[scalar('name', word), scalar('colour', word)], toMany('articles', articlesIn)],
  [uids.page]: [
    ...[scalar('title', word), scalar('template', word), seo],
    toMany('highlights', articlesIn),
    reviews,
  ],
  [uids.order]: [
    ...[scalar('number', word), scalar('total', ({ dice }) => dice.below(1000) / 4)],
    toOne('customer', (magazine) => magazine.users),
  ],
  [uids.review]: [scalar('text', word), scalar('stars', ({ dice }) => dice.below(6)), subject, mentions],
};

/** New values for one to three fields of this version. */
export function someFields(magazine: Magazine, version: Version): Values {
  const { dice } = magazine;
  const chosen = dice.some(edits[version.uid] ?? [], 1 + dice.below(3));
  return Object.assign({}, ...chosen.map((edit) => edit(magazine, version))) as Values;
}

/** The values that it has, sent once more: whole, and in place. */
export function sameFields(version: Version): Values {
  const { raw } = version;
  const same: Values = {};
  for (const name of ['title', 'name', 'facts', 'settings', 'section', 'template', 'number'])
    if (name in raw) same[name] = raw[name];
  if (raw.seo) same.seo = idOf(raw.seo as Values);
  if (raw.footnotes) same.footnotes = rowsOf(raw.footnotes).map(idOf);
  if (raw.gallery) same.gallery = rowsOf(raw.gallery).map(({ id }) => id);
  return same;
}
