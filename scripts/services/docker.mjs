import { randomUUID } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { run } from '../project/command.mjs';
import { endWithUs } from '../project/ending.mjs';
import { installedProgram } from './private-server.mjs';

/**
 * Starts a container whose port is published on the loopback address.
 *
 * @param {string} image
 * @param {{ port: number, env?: Record<string, string>, ready: (port: number) => Promise<boolean> }} options
 * @returns {Promise<{ port: number, stop: () => Promise<void> } | null>} null where Docker does not answer
 * @throws when the image cannot be had or does not become ready
 */
export async function container(image, { port, env = {}, ready }) {
  const docker = installedProgram('docker');
  if (!docker) return null;
  const alive = await run(docker, ['info', '--format', '{{.ServerVersion}}'], { limitMs: 10_000 });
  if (alive.code !== 0) return null;

  const name = `event-webhooks-${randomUUID()}`;
  const remove = endWithUs({
    end: async () => void (await run(docker, ['rm', '-f', name])),
    endAtOnce: () => void spawnSync(docker, ['rm', '-f', name], { stdio: 'ignore' }),
  });
  try {
    const variables = Object.entries(env).flatMap(([key, value]) => ['-e', `${key}=${value}`]);
    const publish = ['-p', `127.0.0.1::${port}`];
    await succeed(docker, ['run', '--rm', '-d', '--name', name, ...publish, ...variables, image], 300_000);
    const mapped = await succeed(docker, ['port', name, String(port)], 10_000);
    const hostPort = Number(/:(\d+)\s*$/m.exec(mapped)?.[1]);
    const until = Date.now() + 90_000;
    while (!(await ready(hostPort))) {
      if (Date.now() > until) throw new Error(`${image} does not become ready`);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    return { port: hostPort, stop: remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function succeed(program, args, limitMs) {
  const { code, output } = await run(program, args, { limitMs });
  if (code !== 0) throw new Error(`docker ${args[0]} failed: ${output.slice(-300)}`);
  return output;
}
