import { spawn } from 'node:child_process';
import { createWriteStream, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { endWithUs } from './ending.mjs';

/** The top folder of this repository. */
export const top = fileURLToPath(new URL('../../', import.meta.url));

/** How long a program may take to end after SIGTERM before it is killed. */
const graceMs = 10_000;

/**
 * Starts a program that ends with us. It gets a process group of its own where there are such, so that what it
 * starts itself ends with it and Ctrl-C reaches it through us only, once and in order.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined>, uid?: number, gid?: number,
 *   logFile?: string, onOutput?: (text: string) => void, keep?: number, stdin?: 'ignore' | 'pipe' }} [options] `env`
 *   is laid over ours; `keep` is how many characters of the output are remembered, from the end
 * @returns {{ child: import('node:child_process').ChildProcess, output: () => string,
 *   ended: Promise<{ code: number, signal: string | null }>, stop: (signal?: string) => Promise<void> }}
 */
export function start(
  program,
  args,
  { cwd = top, env = {}, uid, gid, logFile, onOutput, keep = 200_000, stdin = 'ignore' } = {},
) {
  const ownGroup = process.platform !== 'win32';
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...env },
    uid,
    gid,
    detached: ownGroup,
    stdio: [stdin, 'pipe', 'pipe'],
    shell: false,
  });
  let text = '';
  const log = logFile ? createWriteStream(logFile) : null;
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (chunk) => {
      text = (text + chunk).slice(-keep);
      log?.write(chunk);
      onOutput?.(chunk);
    });
  }
  const ended = new Promise((resolve) => {
    child.once('error', (error) => {
      text += `${error.message}\n`;
      resolve({ code: 127, signal: null });
    });
    child.once('close', (code, signal) => resolve({ code: code ?? 128, signal }));
  }).then((result) => {
    log?.end();
    return result;
  });

  const kill = (signal) => killGroup(child, signal, ownGroup);
  let first = 'SIGTERM';
  const end = endWithUs({
    end: async () => {
      kill(first);
      const timer = setTimeout(() => kill('SIGKILL'), graceMs);
      await ended;
      clearTimeout(timer);
      kill('SIGKILL');
    },
    endAtOnce: () => kill('SIGKILL'),
  });
  ended.then(end);
  return {
    child,
    output: () => text,
    ended,
    stop: async (signal = 'SIGTERM') => {
      first = signal;
      await end();
      await ended;
    },
  };
}

function killGroup(child, signal, ownGroup) {
  if (child.pid === undefined) return;
  try {
    if (ownGroup) process.kill(-child.pid, signal);
    else child.kill(signal);
  } catch {
    // Nobody of the group is left, which is what we want.
  }
}

/**
 * Runs a program to its end.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {Parameters<typeof start>[2] & { limitMs?: number, endAfter?: { text: string, graceMs: number } }} [options]
 *   after `limitMs` it is ended and has failed; `graceMs` after it printed `text` it is ended too
 * @returns {Promise<{ code: number, output: string, timedOut: boolean }>} never rejects for what the program does
 */
export async function run(program, args, { limitMs, endAfter, ...options } = {}) {
  const timers = [];
  const onOutput = () => {
    if (!endAfter || !started.output().includes(endAfter.text)) return;
    timers.push(setTimeout(() => void started.stop(), endAfter.graceMs));
    endAfter = undefined;
  };
  const started = start(program, args, { onOutput, ...options });
  let timedOut = false;
  const endInTime = () => {
    timedOut = true;
    void started.stop();
  };
  if (limitMs) timers.push(setTimeout(endInTime, limitMs));
  const { code } = await started.ended;
  timers.forEach(clearTimeout);
  return { code: timedOut ? 124 : code, output: started.output(), timedOut };
}

/** The npm that runs us, or the one in the PATH; as program and first arguments. */
export function npm() {
  const running = process.env.npm_execpath;
  if (running && /npm-cli\.js$/.test(running) && existsSync(running)) return [process.execPath, running];
  if (process.platform !== 'win32') return ['npm'];
  // Node.js refuses to spawn npm.cmd without a shell, so the script behind it is called.
  return [process.execPath, path.join(path.dirname(process.execPath), 'node_modules/npm/bin/npm-cli.js')];
}

/**
 * A program that an installed package brings, run by this Node.js: as `npx`, without its processes in between.
 *
 * @param {string} packageName
 * @param {string} name of the program
 * @param {string} [folder] whose node_modules hold the package
 * @returns {[string, string]} program and first argument
 */
export function packageProgram(packageName, name, folder = top) {
  const home = path.join(folder, 'node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(path.join(home, 'package.json'), 'utf8'));
  return [process.execPath, path.join(home, typeof bin === 'string' ? bin : bin[name])];
}
