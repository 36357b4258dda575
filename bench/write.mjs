import { atMost, median } from './figures.mjs';

const published = ['article.created', 'article.updated'];

/** A field of the article and one behind a relation, which nobody writes; it never holds, so that only judging is measured. */
const conditions = {
  all: [
    { field: 'author.name', isNot: 'Nobody' },
    {
      any: [
        { field: 'title', is: 'Never' },
        { field: 'readingMinutes', lessThan: 0 },
      ],
    },
  ],
};
const conditional = 20;

/** C: changing an article, one after the other: bare, with nobody interested, with a webhook, with many that have conditions, with Strapi's own. */
export async function write({ apps, url, writes, rounds, progress }) {
  const { without, sqlite } = apps;
  const timed = async (app) => median(await app.ask('write', { count: writes }));
  const contenders = {
    bare: () => timed(without),
    nobody: async () => {
      await sqlite.ask('webhooks', []);
      return timed(sqlite);
    },
    one: async () => {
      await sqlite.ask('webhooks', [{ url: `${url}/written`, events: published }]);
      const time = await timed(sqlite);
      await sqlite.ask('settled');
      return time;
    },
    many: async () => {
      const webhook = (number) => ({ url: `${url}/conditional/${number}`, events: published, conditions });
      await sqlite.ask(
        'webhooks',
        Array.from({ length: conditional }, (_, number) => webhook(number)),
      );
      const time = await timed(sqlite);
      await sqlite.ask('settled');
      return time;
    },
    own: async () => {
      await without.ask('ownWebhook', { url: `${url}/own`, event: 'entry.update' });
      const time = await timed(without);
      await without.ask('ownWebhook', {});
      return time;
    },
  };
  const results = { bare: [], nobody: [], one: [], many: [], own: [] };
  // The first round warms up and is not counted.
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, run] of Object.entries(contenders)) {
      const time = await run();
      if (round > 0) results[name].push(time);
    }
    if (round > 0)
      progress(
        `C ${round}/${rounds}`,
        Object.entries(results).map(([name, all]) => `${name} ${all.at(-1).toFixed(2)} ms`),
      );
  }
  await sqlite.ask('webhooks', []);
  const { bare, nobody, one, many, own } = results;
  return {
    C: {
      nobody: atMost({
        what: 'a save, nobody interested, against without the plugin',
        ours: nobody,
        others: bare,
        times: 1.05,
        orMs: 0.3,
      }),
      one: atMost({
        what: 'a save with one webhook, against without the plugin',
        ours: one,
        others: bare,
        times: 1.25,
        orMs: 1.5,
      }),
      conditions: atMost({
        what: `a save with ${conditional} webhooks with conditions, against one without`,
        ours: many,
        others: one,
        times: 1.1,
        orMs: 0.3,
      }),
      strapi: atMost({
        what: "a save with one webhook, against Strapi's own with one",
        ours: one,
        others: own,
        times: 1.1,
        orMs: 0.5,
      }),
    },
  };
}
