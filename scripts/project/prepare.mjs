import { isEnding } from './ending.mjs';
import { install, installState } from './install.mjs';
import { buildPlayground, buildPlugin, playgroundIsBuilt, pluginIsBuilt } from './build.mjs';
import { during, say, tail } from './telling.mjs';

/** A step without which nothing else makes sense has failed; its output has been shown. */
export class PreparationError extends Error {}

/**
 * Runs a step that ends with an exit code, showing that it lives; what it printed is shown when it fails.
 *
 * @param {string} what
 * @param {() => Promise<{ code: number, output: string }>} work
 * @throws {PreparationError}
 */
async function must(what, work) {
  const { code, output } = await during(what, work, (result) => ({ good: result.code === 0 }));
  if (code === 0 || isEnding()) return;
  say(tail(output));
  throw new PreparationError(`${what.toLowerCase()} failed`);
}

/** Installs where needed. What it needs beyond npm is a compiler for the native modules. */
export async function ensureInstalled() {
  const state = await installState();
  if (state.installed) return;
  await must(`Installing (npm ci), because ${state.reason}`, () => install());
}

/** Builds what is older than its sources: the plugin, then the playground with its admin panel. */
export async function ensureBuilt() {
  if (!pluginIsBuilt()) await must('Building the plugin', () => buildPlugin());
  if (!playgroundIsBuilt())
    await must('Building the playground and its admin panel', () => buildPlayground());
}
