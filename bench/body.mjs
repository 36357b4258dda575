/** The type of the events that are sent. */
export const eventType = 'bench.happened';

/** One of several types, by its number. */
export const crowdType = (number) => `bench.happened_${number}`;

/** Some text of a length, which differs by its number. */
const text = (number, length) =>
  `${number} the quick brown fox jumps over the lazy dog `.repeat(40).slice(0, length);

/** What an event of the measurements holds: about 1.4 kB as a body, as a content event of some fields is. */
export const eventData = (number) => ({
  entry: {
    documentId: `d${String(number).padStart(23, '0')}`,
    title: text(number, 80),
    slug: `the-quick-brown-fox-${number}`,
    locale: 'en',
    status: 'published',
    description: text(number, 640),
    author: { documentId: 'a00000000000000000000001', name: 'Anna Shevchenko' },
    seo: { metaTitle: text(number, 60), metaDescription: text(number, 150) },
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-02T00:00:00.000Z',
    publishedAt: '2026-01-02T00:00:00.000Z',
  },
  changed: ['title', 'description'],
});

/** The body of an event as the plugin keeps it. */
export const eventBody = (number) =>
  JSON.stringify({ type: eventType, timestamp: '2026-01-02T00:00:00.000Z', data: eventData(number) });
