import { address, addressFromEnvironment } from './address.mjs';
import { container } from './docker.mjs';
import { firstThatHasIt } from './first-that-has-it.mjs';
import {
  answers,
  freePort,
  installedProgram,
  restartable,
  startServer,
  temporaryFolder,
  unprivileged,
} from './private-server.mjs';

const ready = (port) =>
  answers(port, { send: 'PING\r\n', accept: (data) => data.toString('latin1').startsWith('+PONG') });

/**
 * An empty Redis server that keeps nothing on disk.
 *
 * @returns {Promise<{ url: string, host: string, port: number, user: string, password: string, database: string,
 *   source: string, stop: () => Promise<void>, stopServer?: (signal?: string) => Promise<void>,
 *   startServer?: () => Promise<void> } | { unavailable: string }>} a private one can be stopped and started again
 */
export const redis = () =>
  firstThatHasIt(
    'Redis',
    {
      environment: async () => addressFromEnvironment('REDIS_URL', 6379),
      'installed program': fromInstalled,
      Docker: async () => {
        const started = await container('redis:7-alpine', { port: 6379, ready });
        return started && address({ scheme: 'redis', port: started.port }, started.stop);
      },
    },
    { systemPackage: 'redis-server', variable: 'REDIS_URL' },
  );

async function fromInstalled() {
  const server = installedProgram('redis-server', 'valkey-server');
  if (!server) return null;
  const runner = unprivileged(['redis']);
  const { folder, remove } = temporaryFolder('event-webhooks-redis', runner);
  const port = await freePort();
  const { stop, ...restart } = await restartable(() =>
    startServer(
      server,
      ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no'],
      { uid: runner.uid, gid: runner.gid, cwd: folder, ready: () => ready(port) },
    ),
  );
  const found = address({ scheme: 'redis', port }, async () => {
    await stop();
    await remove();
  });
  return { ...found, ...restart };
}
