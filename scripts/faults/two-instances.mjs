import { beginRun, pause } from './run.mjs';
import { optionsWith } from './strapi-process.mjs';

/** Five webhooks, so that 1,000 changes are 5,000 deliveries. */
const webhooks = ['one', 'two', 'three', 'four', 'five'];
const deliveries = 5000;

/** Two busy instances on a busy machine: a short lease would end while its owner is alive. */
const leaseSeconds = 45;

/**
 * Two instances on one database with 5,000 deliveries waiting: nothing is sent twice. Then the same again, and one of
 * the two is killed with -9 in the middle: nothing is lost, and twice comes only what that one had in flight.
 *
 * @param {{ database: () => Promise<import('./databases.mjs').RunDatabase>, seed: number, tell: (text: string) => void }} options
 */
export async function twoInstances({ database, seed, tell }) {
  const calm = await deliverWithTwo({ database: await database(), seed, tell, kills: 0 });
  tell(`both stay: ${calm.received} received, ${calm.duplicates} twice, sent ${calm.sent.join(' and ')}`);
  const killed = await deliverWithTwo({ database: await database(), seed: seed + 1, tell, kills: 1 });
  tell(`one is killed: ${killed.inFlightAtKills} in flight, ${killed.duplicates} twice, ${killed.lost} lost`);
  return {
    ...sum(calm, killed),
    duplicatesWithoutKill: calm.duplicates,
    problems: [
      ...(calm.duplicates > 0 ? [`${calm.duplicates} were sent twice although nobody was killed`] : []),
      ...(calm.sent.every((count) => count > 0) ? [] : ['only one of the two instances delivered anything']),
      ...(calm.deliveries < deliveries ? [`only ${calm.deliveries} deliveries were made`] : []),
    ],
  };
}

const sum = (a, b) =>
  Object.fromEntries(
    Object.entries(a)
      .filter(([key]) => key !== 'sent')
      .map(([key, value]) => [key, Array.isArray(value) ? [...value, ...b[key]] : value + b[key]]),
  );

async function deliverWithTwo({ database, seed, tell, kills }) {
  const run = await beginRun({ database, env: optionsWith(leaseSeconds), seed, webhooks });
  try {
    await fill(run, tell);
    const instances = [run.boot(), run.boot()];
    await Promise.all(instances.map((one) => one.ready()));
    if (kills > 0) {
      await receivedAtLeast(run, Math.floor(deliveries * (0.3 + run.random() * 0.3)));
      await run.kill(instances[0]);
    }
    const alive = instances.filter((one) => !one.isGone());
    await alive[0].drained();
    const sent = [];
    for (const one of alive) sent.push((await one.status()).sent);
    for (const one of alive) await one.stop();
    return { sent, ...(await run.figures()) };
  } finally {
    await run.end();
  }
}

/** Content is written by a process that does not listen, so that everything waits when the two begin. */
async function fill(run, tell) {
  const writer = run.boot({ changes: deliveries / webhooks.length });
  const { code } = await writer.ended;
  if (code !== 0) throw new Error(`the content could not be written:\n${writer.output().slice(-2000)}`);
  tell('the content is written');
}

async function receivedAtLeast({ receiver }, wanted) {
  const end = Date.now() + 60_000;
  while (receiver.receipts.length < wanted) {
    if (Date.now() > end) throw new Error(`only ${receiver.receipts.length} of ${wanted} were received`);
    await pause(2);
  }
}
