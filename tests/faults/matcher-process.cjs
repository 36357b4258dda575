/**
 * A process with a Strapi of its own on a given SQLite file. `fill N` writes two paused webhooks (so that nothing
 * is sent: their deliveries are `skipped`) and N unmatched events; `match` says `ready`, waits for a line on
 * standard input, listens (which starts the dispatcher), says `matched` after each batch, and ends when no
 * event is left.
 */
const { loadStrapi, runMain } = require('./strapi.cjs');

const [, , mode, count] = process.argv;

const unmatched = async (strapi) =>
  Number((await strapi.db.connection('event_webhooks_events').whereNull('matched_at').count('* as n'))[0].n);

async function fill(strapi) {
  const webhooks = strapi.plugin('event-webhooks').service('webhooks');
  for (const name of ['one', 'two']) {
    await webhooks.create({
      name,
      url: 'https://example.com/',
      events: ['author.*'],
      active: false,
      headers: [],
      timeoutSeconds: null,
      retryScheduleSeconds: null,
    });
  }
  const rows = Array.from({ length: Number(count) }, (_, index) => ({
    message_id: `msg_${index}`,
    type: 'author.created',
    occurred_at: Date.now(),
    body: '{}',
    actor_type: 'system',
    guarantee: 'same_transaction',
  }));
  for (let from = 0; from < rows.length; from += 100) {
    await strapi.db.connection('event_webhooks_events').insert(rows.slice(from, from + 100));
  }
}

async function match(strapi) {
  strapi.db.connection.on('query-response', (_response, { sql }) => {
    if (/^update .*matched_at/.test(sql)) console.log('matched');
  });
  strapi.server.mount();
  console.log('ready');
  await new Promise((resolve) => process.stdin.once('data', resolve));
  await new Promise((resolve) => strapi.server.httpServer.listen(0, '127.0.0.1', resolve));
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 250));
    if ((await unmatched(strapi).catch(() => 1)) === 0) return;
  }
}

async function main() {
  const strapi = await loadStrapi('error');
  await (mode === 'fill' ? fill(strapi) : match(strapi));
  await strapi.destroy();
  process.exit(0);
}

runMain(main);
