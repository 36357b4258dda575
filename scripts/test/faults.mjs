import { run } from '../project/command.mjs';
import { tail } from '../project/telling.mjs';
import { allRequired } from '../services/first-that-has-it.mjs';

/** A taste of each; the long run is `npm run faults -- --rounds 30`. */
const plan = [
  ['--rounds', '2'],
  ['--setups', 'sqlite,postgres'],
  ['--scenario', 'postgres-restart'],
].flat();

/**
 * Runs the fault harness. Each set-up and each scenario counts as one test.
 *
 * @param {number} limitMs
 * @returns {Promise<import('./steps.mjs').StepResult>}
 */
export async function runFaults(limitMs) {
  const args = ['scripts/faults.mjs', '--json', ...plan];
  const { output, timedOut } = await run(process.execPath, args, { limitMs });
  const line = output
    .trimEnd()
    .split('\n')
    .findLast((text) => text.startsWith('{'));
  if (timedOut || !line) {
    const why = timedOut ? 'ended, for it took too long' : 'the harness gave no figures';
    return { passed: 0, failed: 1, problems: [`${why}\n${tail(output, 60)}`] };
  }
  const runs = JSON.parse(line);
  const names = Object.keys(runs);
  const notRun = names.filter((name) => runs[name].notRun);
  const wrong = names.filter((name) => !runs[name].good && !(runs[name].notRun && !allRequired()));
  return {
    passed: names.length - notRun.length - wrong.filter((name) => !runs[name].notRun).length,
    failed: wrong.length,
    problems: wrong.length > 0 ? [`broken: ${wrong.join(', ')}\n${tail(output, 60)}`] : [],
    notes: allRequired()
      ? []
      : notRun.map((name) => `not run here: faults on ${name} (${runs[name].notRun})`),
  };
}
