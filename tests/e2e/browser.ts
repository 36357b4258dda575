import { execFile } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

interface Chromium {
  executablePath: string;
  args: string[];
}

/** `npm test` hands the browser over by the environment; a single run of jest looks for one itself. */
async function findChromium(): Promise<Chromium> {
  const { CHROMIUM_PATH, CHROMIUM_ARGS } = process.env;
  if (CHROMIUM_PATH) {
    return { executablePath: CHROMIUM_PATH, args: CHROMIUM_ARGS ? JSON.parse(CHROMIUM_ARGS) : [] };
  }
  const services = pathToFileURL(path.resolve(__dirname, '../../scripts/services.mjs')).href;
  const code = `const { chromium } = await import(${JSON.stringify(services)});
    console.log(JSON.stringify(await chromium()));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code]);
  const found = JSON.parse(stdout) as Chromium | { unavailable: string };
  if ('unavailable' in found) throw new Error(found.unavailable);
  return found;
}

/** A headless Chromium; the caller closes it. */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch(await findChromium());
}
