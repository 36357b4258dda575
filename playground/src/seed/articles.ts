import type { Core } from '@strapi/strapi';
import { gradientPng, uploadPictures, type Colour } from './pictures';

interface Words {
  title: string;
  slug: string;
  paragraphs: readonly string[];
  seoDescription: string;
  quote: string;
}

interface Article {
  topic: string;
  readingMinutes: number;
  author: number;
  published: boolean;
  colours: readonly [from: Colour, to: Colour];
  en: Words;
  uk: Words;
}

const authors = [
  { name: 'Марія Лисенко', email: 'maria.lysenko@example.com' },
  { name: 'Noah Fischer', email: 'noah.fischer@example.com' },
];

const articles: readonly Article[] = [
  {
    topic: 'network',
    readingMinutes: 4,
    author: 0,
    published: true,
    colours: [
      [0, 87, 183],
      [255, 215, 0],
    ],
    en: {
      title: 'A thousand sites, one evening',
      slug: 'a-thousand-sites-one-evening',
      paragraphs: [
        'Last Thursday the thousandth site of the network was published. It belongs to a bakery in Lviv.',
        'We used the evening to count what else had happened since the first one.',
      ],
      seoDescription: 'The thousandth site of the network belongs to a bakery.',
      quote: 'We only wanted to show when the bread is ready.',
    },
    uk: {
      title: 'Тисяча сайтів за один вечір',
      slug: 'tysiacha-saitiv-za-odyn-vechir',
      paragraphs: [
        'Минулого четверга в мережі опубліковано тисячний сайт. Він належить пекарні у Львові.',
        'Того вечора ми порахували, що ще сталося від найпершого.',
      ],
      seoDescription: 'Тисячний сайт мережі належить пекарні.',
      quote: 'Ми лише хотіли показати, коли хліб готовий.',
    },
  },
  {
    topic: 'domains',
    readingMinutes: 6,
    author: 1,
    published: true,
    colours: [
      [15, 118, 110],
      [153, 246, 228],
    ],
    en: {
      title: 'How a domain finds its site',
      slug: 'how-a-domain-finds-its-site',
      paragraphs: [
        'Adding a domain takes a minute of yours and a few of ours: first its records, then its certificate.',
        'When both are in place the domain is done, and visitors see the padlock.',
      ],
      seoDescription: 'What happens between adding a domain and the padlock.',
      quote: 'Patience is a record type.',
    },
    uk: {
      title: 'Як домен знаходить свій сайт',
      slug: 'yak-domen-znakhodyt-svii-sait',
      paragraphs: [
        'Додати домен — це хвилина вашого часу й кілька нашого: спершу записи, потім сертифікат.',
        'Коли все на місці, домен готовий, і відвідувачі бачать замок.',
      ],
      seoDescription: 'Що відбувається між додаванням домену й замком.',
      quote: 'Терпіння — теж тип запису.',
    },
  },
  {
    topic: 'billing',
    readingMinutes: 3,
    author: 0,
    published: true,
    colours: [
      [190, 24, 93],
      [253, 186, 116],
    ],
    en: {
      title: 'Invoices that arrive before the question',
      slug: 'invoices-that-arrive-before-the-question',
      paragraphs: ['Every payment now has its invoice attached, and every renewal is told a week ahead.'],
      seoDescription: 'Every payment now has its invoice attached.',
      quote: 'Our bookkeeper sent flowers.',
    },
    uk: {
      title: 'Рахунки, що приходять раніше за питання',
      slug: 'rakhunky-shcho-prykhodiat-ranishe-za-pytannia',
      paragraphs: ['Кожен платіж тепер має рахунок, а про кожне поновлення ми нагадуємо за тиждень.'],
      seoDescription: 'Кожен платіж тепер має рахунок.',
      quote: 'Наша бухгалтерка прислала квіти.',
    },
  },
  {
    topic: 'network',
    readingMinutes: 2,
    author: 1,
    published: false,
    colours: [
      [88, 28, 135],
      [233, 213, 255],
    ],
    en: {
      title: 'What we plan for spring',
      slug: 'what-we-plan-for-spring',
      paragraphs: ['A draft, still looking for its second paragraph.'],
      seoDescription: 'Plans for spring.',
      quote: 'Spring comes on time, plans do not.',
    },
    uk: {
      title: 'Що ми плануємо на весну',
      slug: 'shcho-my-planuiemo-na-vesnu',
      paragraphs: ['Чернетка, яка ще шукає свій другий абзац.'],
      seoDescription: 'Плани на весну.',
      quote: 'Весна приходить вчасно, плани — ні.',
    },
  },
];

const localised = ({ title, slug, paragraphs, seoDescription, quote }: Words) => ({
  title,
  slug,
  body: paragraphs.map((text) => ({
    type: 'paragraph' as const,
    children: [{ type: 'text' as const, text }],
  })),
  seo: { title, description: seoDescription },
  blocks: [{ __component: 'shared.quote' as const, text: quote }],
});

async function seedAuthors(strapi: Core.Strapi): Promise<string[]> {
  const ids: string[] = [];
  for (const data of authors)
    ids.push((await strapi.documents('api::author.author').create({ data })).documentId);
  return ids;
}

/** Makes authors and articles in both locales, published or drafts. */
export async function seedArticles(strapi: Core.Strapi): Promise<void> {
  const authorIds = await seedAuthors(strapi);
  const covers = await uploadPictures(
    strapi,
    articles.map(({ en, colours: [from, to] }) => ({
      fileName: `${en.slug}.png`,
      alternativeText: en.title,
      bytes: gradientPng(480, 270, from, to),
    })),
  );
  const documents = strapi.documents('api::article.article');
  for (const [index, { topic, readingMinutes, author, published, en, uk }] of articles.entries()) {
    const shared = { topic, readingMinutes, cover: covers[index], author: authorIds[author] };
    const { documentId } = await documents.create({ locale: 'en', data: { ...localised(en), ...shared } });
    await documents.update({ documentId, locale: 'uk', data: { ...localised(uk), ...shared } });
    if (published) await documents.publish({ documentId, locale: ['en', 'uk'] });
  }
}

/** Makes and publishes the front page. */
export async function seedHomepage(strapi: Core.Strapi): Promise<void> {
  const [hero] = await uploadPictures(strapi, [
    {
      fileName: 'homepage-hero.png',
      alternativeText: 'Blue that fades to yellow',
      bytes: gradientPng(480, 200, [0, 87, 183], [255, 215, 0]),
    },
  ]);
  await strapi.documents('api::homepage.homepage').create({
    data: { headline: 'A network of sites', intro: 'Sites for people who have other work to do.', hero },
    status: 'published',
  });
}
