import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { npm, run, top } from './command.mjs';

/**
 * Whether node_modules holds exactly what the lock file names. Compared by content: the two files' times say
 * nothing, for `npm install` writes the lock file last.
 *
 * @returns {Promise<{ installed: true } | { installed: false, reason: string }>}
 */
export async function installState() {
  const hidden = path.join(top, 'node_modules/.package-lock.json');
  if (!existsSync(hidden)) return { installed: false, reason: 'nothing is installed yet' };
  const wanted = JSON.parse(readFileSync(path.join(top, 'package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(readFileSync(hidden, 'utf8')).packages;
  const differs = Object.entries(wanted).find(
    ([place, { version, optional, link }]) =>
      place.startsWith('node_modules/') && !optional && !link && present[place]?.version !== version,
  );
  if (differs)
    return { installed: false, reason: `${differs[0].replace('node_modules/', '')} is not the one locked` };
  // Native modules are compiled for one version of Node.js and one platform.
  const probe = await run(process.execPath, ['-e', "new (require('better-sqlite3'))(':memory:')"]);
  if (probe.code !== 0)
    return { installed: false, reason: `better-sqlite3 is not built for ${process.version}` };
  return { installed: true };
}

/** `npm ci`, without its notices. */
export const install = (limitMs) => {
  const [program, ...first] = npm();
  return run(program, [...first, 'ci', '--no-audit', '--no-fund'], { limitMs });
};
