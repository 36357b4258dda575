import { existsSync } from 'node:fs';
import { run } from '../project/command.mjs';

/** Debian and its relatives, and the right to install there. */
export const hasApt = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

let listsAreFresh = false;

/**
 * Installs a package of the system. Its own service is not started: we run a private instance.
 *
 * @throws when apt-get fails, with the end of what it said
 */
export async function installSystemPackage(name) {
  // RUNLEVEL=1 is how invoke-rc.d is told to start nothing.
  const env = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const aptGet = async (...args) => {
    const { code, output } = await run('apt-get', args, { env, limitMs: 600_000 });
    if (code !== 0) throw new Error(`apt-get ${args.join(' ')} failed\n${output.slice(-500)}`);
  };
  if (!listsAreFresh) await aptGet('update', '-q');
  listsAreFresh = true;
  await aptGet('install', '-q', '-y', '--no-install-recommends', name);
}
