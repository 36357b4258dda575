import { atMost, median } from './figures.mjs';

const published = ['article.created', 'article.updated'];

/** C: changing an article, one after the other: bare, with nobody interested, with a webhook, with Strapi's own. */
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
    own: async () => {
      await without.ask('ownWebhook', { url: `${url}/own`, event: 'entry.update' });
      const time = await timed(without);
      await without.ask('ownWebhook', {});
      return time;
    },
  };
  const results = { bare: [], nobody: [], one: [], own: [] };
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
  const { bare, nobody, one, own } = results;
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
