import { hasApt, installSystemPackage } from './system-package.mjs';

/** True when everything must be there: a server that cannot be had is then an error. */
export const allRequired = () => process.env.REQUIRE_SERVERS === 'all';

/**
 * Asks one source after the other. A source answers null when it does not have the thing; what it throws is kept
 * as its reason and the next one is asked.
 *
 * @param {string} name as people call it, e.g. `MariaDB`
 * @param {Record<string, () => Promise<object | null>>} sources by name, in order
 * @param {{ systemPackage?: string, variable: string }} ways how else it can be had
 * @returns {Promise<object | { unavailable: string }>}
 */
export async function firstThatHasIt(name, sources, { systemPackage, variable }) {
  const reasons = [];
  const ask = async (source, take) => {
    try {
      return await take();
    } catch (error) {
      reasons.push(`${source}: ${error.message.trim().split('\n').slice(-3).join(' ')}`);
      return null;
    }
  };
  for (const [source, take] of Object.entries(sources)) {
    const found = await ask(source, take);
    if (found) return { ...found, source };
  }
  if (systemPackage && allRequired() && hasApt()) {
    const found = await ask(`apt-get install ${systemPackage}`, async () => {
      await installSystemPackage(systemPackage);
      return sources['installed program']();
    });
    if (found) return { ...found, source: `system package ${systemPackage}` };
  }
  return { unavailable: howToGet(name, { systemPackage, variable }, reasons) };
}

function howToGet(name, { systemPackage, variable }, reasons) {
  const ways = [`set ${variable}`, systemPackage && `install it (Debian: ${systemPackage})`, 'start Docker'];
  const why = reasons.length > 0 ? `; tried: ${reasons.join('; ')}` : '';
  return `${name} is not here: ${ways.filter(Boolean).join(', or ')}${why}`;
}
