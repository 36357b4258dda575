import { run } from '../project/command.mjs';
import { tail } from '../project/telling.mjs';

/**
 * Runs a file of node:test. What was skipped, cancelled or left to do counts as a failure.
 *
 * @param {string} file
 * @param {{ limitMs: number }} options
 * @returns {Promise<import('./steps.mjs').StepResult>}
 */
export async function runNodeTests(file, { limitMs }) {
  const { output, code, timedOut } = await run(process.execPath, ['--test', '--test-reporter=tap', file], {
    limitMs,
  });
  const counted = (word) => Number(new RegExp(`^# ${word} (\\d+)$`, 'm').exec(output)?.[1] ?? 0);
  const passed = counted('pass');
  const failed = ['fail', 'cancelled', 'skipped', 'todo'].reduce((total, word) => total + counted(word), 0);
  if (failed === 0 && passed > 0 && code === 0) return { passed, failed };
  const why = timedOut ? 'ended, for it took too long\n' : '';
  return { passed, failed: Math.max(1, failed), problems: [why + tail(output, 80)] };
}
