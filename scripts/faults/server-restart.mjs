import { top } from '../project/command.mjs';
import { beginRun, pause } from './run.mjs';

/** How often the server goes away during a run, and for how long. */
const restarts = 3;
const awayMs = 1500;
const writesMs = 3000;

/** With fewer the server was never stopped in the middle of anything. */
const leastChanges = 20;

/** A started process writes again after this, as a busy site would. */
const supervisorPauseMs = 500;

/** Several starts in a row may fail while the server comes back. */
const staysWithinMs = 180_000;

/**
 * A server is stopped and started again while Strapi writes and delivers. Strapi has a supervisor as it has in
 * production: when its process ends it is started again, until it stays.
 *
 * @param {{ database: import('./databases.mjs').RunDatabase, env?: Record<string, string>, seed: number,
 *   server: { stopServer: (signal?: string) => Promise<void>, startServer: () => Promise<void> },
 *   signals: (string | undefined)[], holdsContent: boolean, tell: (text: string) => void }} options `signals`: how it is
 *   stopped, in turn; while the database is away no outcome can be written, so what was in flight may come twice
 */
export async function serverRestart({ database, env, seed, server, signals, holdsContent, tell }) {
  const run = await beginRun({ database, env, seed });
  const supervisor = supervise(run, tell);
  try {
    for (let time = 0; time < restarts; time += 1) {
      await supervisor.up();
      supervisor.write();
      await pause(writesMs);
      await server.stopServer(signals[time % signals.length]);
      tell(`the server is away (${time + 1} of ${restarts})`);
      await pause(awayMs);
      await server.startServer();
      if (holdsContent) await run.note();
    }
    await pause(writesMs);
    const last = await supervisor.drained();
    await supervisor.leave();
    await last.stop();
    const figures = await run.figures();
    return {
      restarts,
      ...figures,
      processEnds: supervisor.ends.length,
      endedBy: supervisor.ends.map(({ output }) => blame(output)),
      problems: [
        ...supervisor.problems(),
        ...(figures.changes < leastChanges ? [`only ${figures.changes} changes were written`] : []),
      ],
    };
  } finally {
    await supervisor.leave();
    await run.end();
  }
}

function supervise(run, tell) {
  let current = null;
  let supervising = true;
  let writing = false;
  const ends = [];

  const loop = async () => {
    while (supervising) {
      current = run.boot();
      const started = await current.ready().then(
        () => true,
        () => false,
      );
      if (started && writing) current.write();
      while (supervising && !current.isGone()) await pause(50);
      if (!supervising) return;
      await run.note();
      ends.push({ output: current.output(), started });
      tell(`Strapi ended by itself, by ${blame(current.output())}; it is started again`);
      if (process.env.DEBUG) tell(lastWords(current.output()));
      await pause(supervisorPauseMs);
    }
  };
  const running = loop();

  const up = async () => {
    const end = Date.now() + staysWithinMs;
    while (!current?.heard.ready || current.isGone()) {
      if (Date.now() > end)
        throw new Error(`Strapi does not come up again:\n${current?.output().slice(-2000)}`);
      await pause(50);
    }
    return current;
  };
  return {
    ends,
    up,
    write() {
      writing = true;
      current?.write();
    },
    /** Nothing is written any more; whoever ends while it delivers the rest is started again too. */
    async drained() {
      writing = false;
      for (;;) {
        const strapi = await up();
        strapi.rest();
        try {
          await strapi.drained();
          return strapi;
        } catch (error) {
          if (!strapi.isGone()) throw error;
        }
      }
    },
    async leave() {
      supervising = false;
      await running;
    },
    problems: () =>
      ends
        .filter(({ output }) => blame(output) === ours)
        .map(({ output }) => `our code ended the process:\n${lastWords(output)}`),
  };
}

const ours = 'event-webhooks';

/** What Node.js prints when an error that nobody caught ends the process: where it was thrown, then the error. */
const lastWords = (output) => {
  const from = output.search(/^(node:[\w/]+:\d+|\/.*:\d+)$/m);
  return from === -1 ? output.slice(-1500) : output.slice(from, from + 8000);
};

/**
 * Whose code ended a process: ours, if any frame of the stack is or if it was about a table of ours; else whoever stands
 * lowest in it, for that one asked.
 */
function blame(output) {
  const stack = lastWords(output);
  if (stack.includes(`${top}dist/server/`) || stack.includes('event_webhooks_')) return ours;
  const frames = [...stack.matchAll(/node_modules\/([^\s:)]+)/g)].map(([, frame]) => frame);
  return frames.at(-1) ?? 'something else';
}
