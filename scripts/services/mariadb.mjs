import path from 'node:path';
import { writeFileSync } from 'node:fs';
import { address, addressFromEnvironment } from './address.mjs';
import { container } from './docker.mjs';
import { firstThatHasIt } from './first-that-has-it.mjs';
import {
  answers,
  freePort,
  installedProgram,
  prepare,
  startServer,
  temporaryFolder,
  unprivileged,
} from './private-server.mjs';

const user = 'playground';
const password = 'playground';
const database = 'playground';

/** The first packet of the protocol (version 10) is the server's; an error packet would begin with 0xff. */
const ready = (port) => answers(port, { accept: (data) => data[4] === 10 });

/**
 * A MariaDB or MySQL server with an empty database.
 *
 * @returns {Promise<{ url: string, host: string, port: number, user: string, password: string, database: string,
 *   source: string, stop: () => Promise<void> } | { unavailable: string }>}
 */
export const mariadb = () =>
  firstThatHasIt(
    'MariaDB',
    {
      environment: async () => addressFromEnvironment('MYSQL_URL', 3306),
      'installed program': fromInstalled,
      Docker: fromDocker,
    },
    { systemPackage: 'mariadb-server', variable: 'MYSQL_URL' },
  );

async function fromInstalled() {
  const server = installedProgram('mariadbd', 'mysqld');
  if (!server) return null;
  const runner = unprivileged(['mysql']);
  const { folder, remove } = temporaryFolder('event-webhooks-mariadb', runner);
  const options = { uid: runner.uid, gid: runner.gid, cwd: folder, env: { HOME: folder } };
  const data = path.join(folder, 'data');
  await prepare(...initialising(server, data), options);

  const first = path.join(folder, 'first.sql');
  writeFileSync(
    first,
    [
      `CREATE DATABASE ${database} CHARACTER SET utf8mb4;`,
      `CREATE USER '${user}'@'%' IDENTIFIED BY '${password}';`,
      `GRANT ALL ON *.* TO '${user}'@'%';`,
    ].join('\n'),
  );
  const port = await freePort();
  const stop = await startServer(
    server,
    [
      '--no-defaults',
      `--datadir=${data}`,
      '--bind-address=127.0.0.1',
      `--port=${port}`,
      `--socket=${path.join(folder, 'server.sock')}`,
      `--pid-file=${path.join(folder, 'server.pid')}`,
      `--init-file=${first}`,
      '--skip-name-resolve',
      '--innodb-flush-log-at-trx-commit=2',
    ],
    { ...options, ready: () => ready(port) },
  );
  return address({ scheme: 'mysql', port, user, password, database }, async () => {
    await stop();
    await remove();
  });
}

/** How an empty data folder is made: MariaDB has a program for it, MySQL's server does it itself. */
function initialising(server, data) {
  const installer = installedProgram('mariadb-install-db', 'mysql_install_db');
  if (installer) {
    return [
      installer,
      ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db'],
    ];
  }
  return [server, ['--no-defaults', '--initialize-insecure', `--datadir=${data}`]];
}

async function fromDocker() {
  const env = {
    MARIADB_ROOT_PASSWORD: password,
    MARIADB_DATABASE: database,
    MARIADB_USER: user,
    MARIADB_PASSWORD: password,
  };
  const started = await container('mariadb:10.11', { port: 3306, env, ready });
  if (!started) return null;
  return address({ scheme: 'mysql', port: started.port, user, password, database }, started.stop);
}
