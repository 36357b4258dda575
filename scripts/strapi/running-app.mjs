import path from 'node:path';
import { packageProgram, start } from '../project/command.mjs';

const startsWithinMs = 120_000;

/**
 * Starts a Strapi app that has been built and waits until it answers.
 *
 * @param {string} folder of the app
 * @param {{ port: number, env?: Record<string, string | undefined>, nodeModules?: string }} options `nodeModules` is
 *   the folder whose node_modules hold Strapi, by default the app's
 * @returns {Promise<{ url: string, output: () => string, ended: Promise<unknown>, stop: () => Promise<void> }>}
 * @throws when it ends or does not answer in time, with the end of its output
 */
export async function startApp(folder, { port, env = {}, nodeModules = folder }) {
  const [node, program] = packageProgram('@strapi/strapi', 'strapi', nodeModules);
  const app = start(node, [program, 'start'], {
    cwd: folder,
    env: {
      HOST: '127.0.0.1',
      PORT: String(port),
      STRAPI_TELEMETRY_DISABLED: 'true',
      FORCE_COLOR: '0',
      ...env,
    },
  });
  let gone = false;
  app.ended.then(() => (gone = true));
  const url = `http://127.0.0.1:${port}`;
  const until = Date.now() + startsWithinMs;
  while (!(await answers(`${url}/_health`))) {
    if (gone)
      throw new Error(`${path.basename(folder)} ended while it was starting:\n${app.output().slice(-4000)}`);
    if (Date.now() > until) {
      await app.stop();
      throw new Error(
        `${path.basename(folder)} does not answer on port ${port}:\n${app.output().slice(-4000)}`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return { url, output: app.output, ended: app.ended, stop: () => app.stop() };
}

async function answers(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
    return response.status === 204;
  } catch {
    return false;
  }
}
