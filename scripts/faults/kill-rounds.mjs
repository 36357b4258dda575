import { beginRun, pause } from './run.mjs';

/** How long a round writes at most before its kill. */
const writesUpToMs = 2500;

/** So many deliveries wait before the kill in the middle of delivering. */
const backlog = 60;

/**
 * Starts Strapi, kills it with -9 at a random moment, starts it again on the same database, and so on. Every third
 * kill falls into the delivering of a backlog, the others into the writing (or its very beginning).
 *
 * @param {{ database: import('./databases.mjs').RunDatabase, env?: Record<string, string>, rounds: number,
 *   seed: number, lanes: number, tell: (text: string) => void }} options
 * @returns {Promise<ReturnType<import('./reckoning.mjs').reckon> & { rounds: number }>}
 */
export async function killRounds({ database, env, rounds, seed, lanes, tell }) {
  const run = await beginRun({ database, env, seed, lanes });
  try {
    for (let round = 1; round <= rounds; round += 1) {
      const strapi = await run.start();
      const when = await (round % 3 === 2 ? whileDelivering : whileWriting)(run, strapi);
      await run.kill(strapi);
      const { inFlight } = run.kills.at(-1);
      tell(`round ${round} of ${rounds}: killed ${when}, ${inFlight.size} deliveries were in flight`);
    }
    run.receiver.slowness.ms = 0;
    const last = await run.start();
    await last.drained();
    await last.stop();
    return { rounds, ...(await run.figures()) };
  } finally {
    await run.end();
  }
}

async function whileWriting({ receiver, random }, strapi) {
  receiver.slowness.ms = random() < 0.5 ? 0 : 50;
  const before = receiver.receipts.length;
  strapi.write();
  // On a busy machine the first change may take seconds; a kill before it would show nothing.
  const end = Date.now() + 15_000;
  while (receiver.receipts.length === before && Date.now() < end) await pause(5);
  const afterMs = Math.round(random() * writesUpToMs);
  await pause(afterMs);
  return `${afterMs} ms into writing and delivering`;
}

async function whileDelivering({ receiver, random }, strapi) {
  // A slow receiver lets a backlog grow: ten requests at a time, each of a second.
  receiver.slowness.ms = 2000;
  strapi.write();
  const until = Date.now() + 30_000;
  let open = 0;
  while (open < backlog && Date.now() < until) {
    await pause(100);
    ({ open } = await strapi.status());
  }
  strapi.rest();
  receiver.slowness.ms = 40;
  // Of what waits at least the last third is still there when the kill comes.
  const wanted = receiver.receipts.length + Math.floor(random() * open * 0.7);
  const end = Date.now() + 30_000;
  while (receiver.receipts.length < wanted && Date.now() < end) await pause(1);
  return `in the delivering of ${open}`;
}
