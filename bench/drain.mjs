import { eventType } from './body.mjs';
import { atLeast, countAtMost } from './figures.mjs';

/**
 * A: deliveries that wait are sent, against a loop of axios without a database and against Strapi's own
 * webhooks; from the first to the last receipt. H: the statements this takes.
 */
export async function drain({ apps, axiosLoop, receiver, url, size, rounds, progress }) {
  const paths = Array.from({ length: 10 }, (_, number) => `hook-${number}`);
  const perSecond = ({ count, ms }) => (1000 * (count - 1)) / ms;

  const byAxios = async () => {
    await receiver.ask('forget');
    await axiosLoop.ask('drain', { url, count: size, paths });
    return perSecond(await receiver.ask('span', size));
  };
  const bare = apps.without;
  const byStrapi = async () => {
    await receiver.ask('forget');
    await bare.ask('ownWebhook', { url: `${url}/own`, event: eventType });
    await bare.ask('ownEvents', size);
    const span = await receiver.ask('span', size);
    await bare.ask('ownWebhook', {});
    return perSecond(span);
  };
  const statements = [];
  const ids = {};
  const byPlugin = async (app, count = false) => {
    await app.ask('fill', { count: size, webhookIds: ids[app.name] });
    await receiver.ask('forget');
    if (count) await app.ask('countStatements');
    await app.ask('release');
    const span = await receiver.ask('span', size);
    // Polling for the end would be counted with the rest.
    await new Promise((resolve) => setTimeout(resolve, 500));
    if (count) statements.push(await app.ask('countedStatements'));
    await app.ask('settled');
    return perSecond(span);
  };

  const contenders = {
    axios: byAxios,
    sqlite: () => byPlugin(apps.sqlite, true),
    strapi: byStrapi,
    ...(apps.postgres ? { postgres: () => byPlugin(apps.postgres) } : {}),
  };
  for (const name of ['sqlite', 'postgres'].filter((each) => apps[each]))
    ids[apps[name].name] = await apps[name].ask(
      'webhooks',
      paths.map((path) => ({ url: `${url}/${path}`, events: [eventType] })),
    );
  const results = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
  // The first round warms up and is not counted.
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, run] of Object.entries(contenders)) {
      const rate = await run();
      if (round > 0) results[name].push(rate);
    }
    if (round > 0)
      progress(
        `A ${round}/${rounds}`,
        Object.entries(results).map(([name, all]) => `${name} ${Math.round(all.at(-1))}/s`),
      );
  }
  for (const name of ['sqlite', 'postgres'].filter((each) => apps[each]))
    await apps[name].ask('webhooks', []);
  const against = (what, ours, others, least) => atLeast({ what, ours, others, atLeast: least, unit: '/s' });
  const counted = statements.slice(1);
  return {
    A: {
      sqlite: against('drain on SQLite, against an axios loop', results.sqlite, results.axios, 1),
      ...(results.postgres
        ? {
            postgres: against(
              'drain on Postgres, against an axios loop',
              results.postgres,
              results.axios,
              0.7,
            ),
          }
        : {}),
      strapi: against("drain on SQLite, against Strapi's own", results.sqlite, results.strapi, 2),
    },
    H: countAtMost({
      what: 'SQL statements a delivery, all that the process sends while it drains',
      ours: counted.map(({ all }) => all / size),
      most: 3,
      unit: '',
      kinds: counted.at(-1)?.kinds,
    }),
  };
}
