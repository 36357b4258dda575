/**
 * A Strapi in a process of its own that writes content as `entry-script.cjs` says, and delivers. It is made to be
 * killed. Speaks in lines: what begins with `@@ ` is JSON for the harness, the rest is for people. Understands on
 * standard input `write`, `rest` and `status`; ends on SIGTERM as any Strapi does.
 *
 * FAULTS (JSON): `lanes`, `seed`, `webhooks` ([{ name, url, timeoutSeconds, retryScheduleSeconds }], made where there
 * are none yet), and `changes`: with that it writes so
 * many (at least) and ends, without delivering.
 */
const diagnostics = require('node:diagnostics_channel');
const readline = require('node:readline');
const { loadStrapi, runMain } = require('./strapi.cjs');
const { randomFrom } = require('./random.cjs');
const { isDeletedLater, lastVersion, parseTitle, rolledBackTitle, title } = require('./entry-script.cjs');

const options = JSON.parse(process.env.FAULTS);
const uid = 'api::article.article';

// Whoever asked a query that failed stands far below the database's own frames.
Error.stackTraceLimit = 60;

const say = (message) => process.stdout.write(`@@ ${JSON.stringify(message)}\n`);

/** Requests that this process sent: which of two instances delivered cannot be seen from outside. */
let sent = 0;
diagnostics.subscribe('undici:request:create', () => (sent += 1));

class RollBack extends Error {}

/** Where a lane stands, by its rows: after a kill or an error nothing else is to be trusted. */
async function readLane(strapi, lane) {
  const rows = await strapi.db
    .connection('articles')
    .select(['document_id', 'title', 'published_at'])
    .where('title', 'like', `faults ${lane}/%`);
  const entries = new Map();
  for (const row of rows) {
    const { number, version } = parseTitle(row.title);
    const entry = entries.get(number) ?? { number, documentId: row.document_id, draft: 0, published: 0 };
    entry[row.published_at === null ? 'draft' : 'published'] = version;
    entries.set(number, entry);
  }
  return [...entries.values()].sort((a, b) => a.number - b.number);
}

function createLane(strapi, lane, random) {
  const articles = strapi.documents(uid);
  let entries = null;

  const update = async (entry) => {
    const data = { title: title(lane, entry.number, entry.draft + 1) };
    await articles.update({ documentId: entry.documentId, data });
    return () => (entry.draft += 1);
  };
  const publish = async (entry, version = entry.draft) => {
    await articles.publish({ documentId: entry.documentId });
    return () => (entry.published = version);
  };
  const create = async (number) => {
    const { documentId } = await articles.create({ data: { title: title(lane, number, 1) } });
    return () => entries.push({ number, documentId, draft: 1, published: 0 });
  };
  /** As the content manager's "Publish": both in one transaction. */
  const updateAndPublish = (entry) =>
    strapi.db.transaction(async () => {
      const done = [await update(entry), await publish(entry, entry.draft + 1)];
      return () => done.forEach((apply) => apply());
    });
  const remove = async (entry) => {
    await articles.delete({ documentId: entry.documentId });
    return () => (entries = entries.filter((other) => other !== entry));
  };

  const rollBack = async (newest) => {
    const data = { title: rolledBackTitle(lane, newest ? newest.number : 0) };
    await strapi.db
      .transaction(async () => {
        if (newest && random() < 0.5) await articles.update({ documentId: newest.documentId, data });
        else await articles.create({ data });
        throw new RollBack();
      })
      .catch((error) => {
        if (!(error instanceof RollBack)) throw error;
      });
    return () => undefined;
  };

  /** One change, in the order of the script. What is returned remembers it. */
  const change = () => {
    const newest = entries.at(-1);
    if (random() < 0.1) return rollBack(newest);
    if (!newest) return create(1);
    if (newest.draft % 2 === 0 && newest.published < newest.draft) return publish(newest);
    if (newest.draft < lastVersion(newest.number)) {
      return newest.draft % 2 === 1 && random() < 0.5 ? updateAndPublish(newest) : update(newest);
    }
    const leftOver = entries.find((entry) => entry !== newest && isDeletedLater(entry.number));
    return leftOver ? remove(leftOver) : create(newest.number + 1);
  };

  return {
    /** Makes the next change; after an error the rows are read again, for it may have been committed. */
    async step() {
      try {
        entries ??= await readLane(strapi, lane);
        (await change())();
        return true;
      } catch (error) {
        entries = null;
        say({ writeFailed: String(error).slice(0, 300) });
        await new Promise((resolve) => setTimeout(resolve, 200));
        return false;
      }
    },
  };
}

async function ensureWebhooks(strapi) {
  const [{ n }] = await strapi.db.connection('event_webhooks_webhooks').count('* as n');
  if (Number(n) > 0) return;
  const webhooks = strapi.plugin('event-webhooks').service('webhooks');
  for (const webhook of options.webhooks) {
    await webhooks.create({ events: ['article.*'], active: true, headers: [], ...webhook });
  }
}

async function status(strapi, writer) {
  const count = async (query) => Number((await query.count('* as n'))[0].n);
  const knex = strapi.db.connection;
  // Asked before the rows: what is committed after this is counted below.
  const busy = writer.busy();
  return {
    sent,
    busy,
    unmatched: await count(knex('event_webhooks_events').whereNull('matched_at')),
    open: await count(
      knex('event_webhooks_deliveries').whereIn('state', ['pending', 'delivering', 'blocked']),
    ),
  };
}

/** Writes in all lanes until it is told to rest. */
function createWriter(strapi, random) {
  const lanes = Array.from({ length: options.lanes }, (_, index) => createLane(strapi, index + 1, random));
  let writing = false;
  let busy = 0;
  const run = async (lane) => {
    busy += 1;
    while (writing) {
      await lane.step();
      // On SQLite all of it is microtasks: without a turn of the event loop nothing else would ever be done here.
      await new Promise((resolve) => setImmediate(resolve));
    }
    busy -= 1;
  };
  return {
    lanes,
    write() {
      if (writing) return;
      writing = true;
      lanes.forEach((lane) => void run(lane));
    },
    rest: () => void (writing = false),
    /** Lanes that have not come to rest: their last change may still be committed. */
    busy: () => busy,
  };
}

async function listen(strapi, writer) {
  const commands = {
    write: writer.write,
    rest: writer.rest,
    status: async () =>
      say({ status: await status(strapi, writer).catch((error) => ({ error: String(error) })) }),
  };
  readline.createInterface({ input: process.stdin }).on('line', (line) => void commands[line]?.());
  strapi.server.mount();
  await new Promise((resolve) => strapi.server.httpServer.listen(0, '127.0.0.1', resolve));
  say({ ready: true });
}

async function fill(strapi, { lanes }) {
  const written = async () =>
    Number((await strapi.db.connection('event_webhooks_events').count('* as n'))[0].n);
  while ((await written()) < options.changes) {
    await Promise.all(lanes.map((lane) => lane.step()));
  }
  await strapi.destroy();
  process.exit(0);
}

async function main() {
  const strapi = await loadStrapi('warn');
  await ensureWebhooks(strapi);
  const writer = createWriter(strapi, randomFrom(options.seed));
  await (options.changes ? fill(strapi, writer) : listen(strapi, writer));
}

runMain(main);
