/**
 * `npm run walk`: goes the main job in a real browser, as the end-to-end test does, and keeps a picture of each step
 * in `docs/images` (`walk-01-list.png`, in Ukrainian `walk-uk-01-list.png`).
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const tests = path.join(path.dirname(fileURLToPath(import.meta.url)), 'test.mjs');
const { status } = spawnSync(process.execPath, [tests, 'e2e'], {
  stdio: 'inherit',
  env: { ...process.env, WALK_IMAGES: '1' },
});
process.exit(status ?? 1);
