import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startPlayground } from './playground';
import type { Playground, PlaygroundOptions } from './playground';

const foreignAppDir = path.resolve(__dirname, '../../fixtures/foreign-app');

/**
 * Boots the magazine of `tests/fixtures/foreign-app`, an app as strangers have it: every kind of field, component,
 * zone, relation and file. It is plain JavaScript, so only the plugin must have been built.
 */
export async function startForeignApp(
  options: Omit<PlaygroundOptions, 'appDir' | 'distDir'> = {},
): Promise<Playground> {
  const publicDir = mkdtempSync(path.join(tmpdir(), 'foreign-app-public-'));
  const removePublicDir = () => rmSync(publicDir, { recursive: true, force: true });
  const app = await startPlayground({
    ...options,
    env: { PUBLIC_DIR: publicDir, ...options.env },
    appDir: foreignAppDir,
    distDir: foreignAppDir,
  }).catch((error: unknown) => {
    removePublicDir();
    throw error;
  });
  return {
    ...app,
    stop: async () => {
      await app.stop();
      removePublicDir();
    },
  };
}
