import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { run, top } from '../project/command.mjs';
import { firstThatHasIt } from './first-that-has-it.mjs';
import { installedProgram } from './private-server.mjs';

/** Root may not use Chromium's sandbox, and a container's /dev/shm is often too small for it. */
const args = () => ['--disable-dev-shm-usage', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];

/**
 * A Chromium for playwright-core: `chromium.launch({ executablePath, args })`.
 *
 * @returns {Promise<{ executablePath: string, args: string[], source: string } | { unavailable: string }>}
 */
export const chromium = () =>
  firstThatHasIt(
    'Chromium',
    {
      environment: async () => fromEnvironment(),
      'installed program': async () => {
        const executablePath = installedBrowser();
        return executablePath && { executablePath, args: args() };
      },
      'npm package': fromNpm,
      'playwright’s own download': fromPlaywright,
    },
    { systemPackage: 'chromium', variable: 'CHROMIUM_PATH (`npx playwright install chromium` brings one)' },
  );

function fromEnvironment() {
  const executablePath = process.env.CHROMIUM_PATH;
  if (!executablePath) return null;
  if (!existsSync(executablePath)) throw new Error(`CHROMIUM_PATH names no file: ${executablePath}`);
  return { executablePath, args: process.env.CHROMIUM_ARGS ? JSON.parse(process.env.CHROMIUM_ARGS) : args() };
}

function installedBrowser() {
  const applications = {
    darwin: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
    win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
      .filter((name) => process.env[name])
      .map((name) => path.join(process.env[name], 'Google/Chrome/Application/chrome.exe')),
  };
  const application = applications[process.platform]?.find((place) => existsSync(place));
  return (
    application ?? installedProgram('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable')
  );
}

/**
 * `@sparticuz/chromium` ships the browser for Linux x64, packed. It unpacks to the temporary folder and takes any
 * file called `chromium` there for its own, so it is given a folder of its own, one for each version, in a process
 * of its own, whose variable this is.
 */
async function fromNpm() {
  const home = path.join(top, 'node_modules/@sparticuz/chromium');
  if (process.platform !== 'linux' || process.arch !== 'x64' || !existsSync(home)) return null;
  const { version } = JSON.parse(readFileSync(path.join(home, 'package.json'), 'utf8'));
  const folder = path.join(top, 'node_modules/.cache/event-webhooks', `chromium-${version}`);
  const ready = path.join(folder, 'unpacked');
  if (!existsSync(ready)) await unpack(folder, ready);
  const executablePath = path.join(folder, 'chromium');
  return {
    executablePath,
    // Software drawing, as the package asks for it; not its other flags, which weaken what a page may not do.
    args: [
      '--no-sandbox',
      '--disable-dev-shm-usage',
      '--use-gl=angle',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      '--font-render-hinting=none',
    ],
  };
}

async function unpack(folder, ready) {
  mkdirSync(folder, { recursive: true });
  const code = `
    const { default: chromium } = await import('@sparticuz/chromium');
    const { rmSync, writeFileSync } = await import('node:fs');
    rmSync(process.env.TMPDIR + '/chromium', { force: true });
    await chromium.executablePath();
    writeFileSync(${JSON.stringify(ready)}, '');`;
  const result = await run(process.execPath, ['--input-type=module', '-e', code], {
    env: { TMPDIR: folder },
    limitMs: 120_000,
  });
  if (result.code !== 0) throw new Error(`unpacking failed: ${result.output.slice(-300)}`);
}

async function fromPlaywright() {
  const { chromium: browser } = await import('playwright-core');
  const executablePath = browser.executablePath();
  return existsSync(executablePath) ? { executablePath, args: args() } : null;
}
