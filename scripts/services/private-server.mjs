import { chownSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run, start } from '../project/command.mjs';
import { endWithUs } from '../project/ending.mjs';

const readyWithinMs = 60_000;

/** A port of the loopback address that nobody listens on now. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Full path of the first of these programs that is installed here, or null. */
export function installedProgram(...names) {
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin', '/usr/local/sbin'];
  const suffix = process.platform === 'win32' ? '.exe' : '';
  for (const name of names) {
    const folder = folders.find((place) => place && existsSync(path.join(place, name + suffix)));
    if (folder) return path.join(folder, name + suffix);
  }
  return null;
}

/**
 * Who runs a server. Database servers refuse root, so root steps down to an account of the system that has a name;
 * anybody else stays who they are.
 *
 * @param {string[]} preferred account names
 * @returns {{ uid?: number, gid?: number, name?: string }}
 */
export function unprivileged(preferred) {
  if (process.getuid?.() !== 0) return {};
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name, , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }));
  for (const wanted of [...preferred, 'nobody']) {
    const account = accounts.find(({ name }) => name === wanted);
    if (account) return account;
  }
  throw new Error('root may not run it, and there is no other account to run it as');
}

/** A folder of its own for a private server, owned by who runs it, removed with us. */
export function temporaryFolder(prefix, { uid, gid } = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), `${prefix}-`));
  if (uid !== undefined) chownSync(folder, uid, gid);
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const end = endWithUs({ end: async () => remove(), endAtOnce: remove });
  return { folder, remove: end };
}

/** Runs a preparing step of a server; throws with the end of its output. */
export async function prepare(program, args, options) {
  const { code, output } = await run(program, args, { limitMs: 120_000, ...options });
  if (code !== 0) throw new Error(`${path.basename(program)} failed: ${output.slice(-600)}`);
}

/**
 * Starts a server and waits until it answers.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {{ port: number, ready: () => Promise<boolean>, stopSignal?: string } & Parameters<typeof start>[2]} options
 * @returns {Promise<(signal?: string) => Promise<void>>} stops it
 * @throws when it ends or does not answer in time, with the end of its output
 */
export async function startServer(program, args, { ready, stopSignal, ...options }) {
  const server = start(program, args, options);
  let gone = false;
  server.ended.then(() => (gone = true));
  const until = Date.now() + readyWithinMs;
  while (!(await ready())) {
    if (gone) throw new Error(`${path.basename(program)} ended: ${server.output().slice(-600)}`);
    if (Date.now() > until) {
      await server.stop(stopSignal);
      throw new Error(`${path.basename(program)} does not answer: ${server.output().slice(-600)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  // A program that forgets to stop its server still comes to its end, and the server with it.
  for (const handle of [server.child, server.child.stdout, server.child.stderr]) handle.unref();
  return (signal = stopSignal) => server.stop(signal);
}

/**
 * The same server stopped and started again at the same address, for tests of what happens then.
 *
 * @param {() => Promise<(signal?: string) => Promise<void>>} begin starts it and gives the way to stop it
 * @returns {Promise<{ stop: () => Promise<void>, stopServer: (signal?: string) => Promise<void>,
 *   startServer: () => Promise<void> }>}
 */
export async function restartable(begin) {
  let end = await begin();
  const stopServer = async (signal) => {
    const stopping = end;
    end = async () => undefined;
    await stopping(signal);
  };
  return {
    stop: () => stopServer(),
    stopServer,
    startServer: async () => void (end = await begin()),
  };
}

/**
 * Opens a connection, sends `send` and looks at what comes back first.
 *
 * @param {number} port of 127.0.0.1
 * @param {{ send?: string | Buffer, accept: (answer: Buffer) => boolean }} dialogue
 * @returns {Promise<boolean>} false on any error
 */
export function answers(port, { send, accept }) {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const done = (result) => {
      socket.destroy();
      resolve(result);
    };
    socket.setTimeout(2000, () => done(false));
    socket.once('error', () => done(false));
    socket.once('close', () => done(false));
    if (send) socket.once('connect', () => socket.write(send));
    socket.once('data', (data) => done(accept(data)));
  });
}
