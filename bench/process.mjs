import { fork } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { endWithUs } from '../scripts/project/ending.mjs';

/** A command that takes longer than this hangs. */
const answersWithinMs = 180_000;
/** How long a process may take to end by itself. */
const graceMs = 8000;
/** Each process leaves a profile of its processor time in this folder. */
const profileIn = process.env.BENCH_PROFILE;

/**
 * Starts a file of this folder as a process of its own, which answers by `answer()` below.
 *
 * @param {string} file
 * @param {Record<string, string>} [env]
 * @returns {Promise<{ ask: (command: string, input?: unknown) => Promise<any>, stop: () => Promise<void> }>}
 *   `ask` rejects with what went wrong there
 */
export async function startProcess(file, env = {}) {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), [], {
    env: { ...process.env, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: profileIn ? ['--cpu-prof', `--cpu-prof-dir=${profileIn}`] : [],
  });
  const waiting = new Map();
  let last = 0;
  child.on('message', ({ id, result, error }) => {
    const asked = waiting.get(id);
    waiting.delete(id);
    if (error) asked?.reject(new Error(`${file}: ${error}`));
    else asked?.resolve(result);
  });
  const ended = new Promise((resolve) => child.once('exit', resolve)).then(() => {
    for (const { reject } of waiting.values()) reject(new Error(`${file} has ended`));
  });
  const ask = (command, input) =>
    new Promise((resolve, reject) => {
      last += 1;
      const id = last;
      const timer = setTimeout(() => reject(new Error(`${file}: ${command} hangs`)), answersWithinMs);
      const settle = (done) => (value) => {
        clearTimeout(timer);
        done(value);
      };
      waiting.set(id, { resolve: settle(resolve), reject: settle(reject) });
      if (child.connected) child.send({ id, command, input });
      else settle(reject)(new Error(`${file} has ended`));
    });
  const stop = endWithUs({
    end: async () => {
      if (child.connected) child.disconnect();
      const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
      await ended;
      clearTimeout(timer);
    },
    endAtOnce: () => child.kill('SIGKILL'),
  });
  await ask('start');
  return { ask, stop };
}

/**
 * The other side: answers commands until the parent lets go.
 *
 * @param {Record<string, (input: any) => unknown>} given `start` is called first
 * @param {() => Promise<void> | void} [end]
 */
export function answer(given, end = () => undefined) {
  const commands = { cpuMs, ...given };
  process.on('message', async ({ id, command, input }) => {
    const reply = await Promise.resolve()
      .then(() => commands[command](input))
      .then(
        (result) => ({ result: result ?? null }),
        (error) => ({ error: String(error?.stack ?? error) }),
      );
    // The parent may have let go meanwhile; nobody waits for the reply then.
    if (process.connected) process.send({ id, ...reply }, () => undefined);
  });
  process.once('disconnect', async () => {
    try {
      await end();
    } finally {
      process.exit(0);
    }
  });
  // Ctrl-C reaches the whole group; the parent ends us in order.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => undefined);
}

/** Milliseconds since the epoch with fractions: the processes of one machine share this clock. */
export const nowMs = () => performance.timeOrigin + performance.now();

/** Processor time of this process, which other programs on the machine make longer but little. */
function cpuMs() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
