/**
 * npm test: everything that must hold, step by step, from a fresh clone on. `npm test -- unit e2e` runs those steps
 * only (and installs and builds where that is needed). `REQUIRE_SERVERS=all` makes a server or browser that cannot
 * be had a failure; without it the tests that need it are named as not run. `TIME_LIMIT_MINUTES` bounds the whole run.
 *
 * The last line is the total: `N passed, N failed`.
 */
import { endAll, isEnding } from './project/ending.mjs';
import { dim, duration, during, red, say, yellow } from './project/telling.mjs';
import { installStep, steps } from './test/steps.mjs';

const names = process.argv.slice(2);
const unknown = names.filter((name) => !steps.some((step) => step.name === name));
if (unknown.length > 0) {
  say(`There is no step ${unknown.join(', ')}. The steps are: ${steps.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}
const chosen = names.length > 0 ? steps.filter(({ name }) => names.includes(name)) : steps;
const withBuild = chosen.some(({ needsBuild }) => needsBuild) && !chosen.some(({ name }) => name === 'build');
const plan = withBuild ? [...steps.filter(({ name }) => name === 'build'), ...chosen] : chosen;

const began = Date.now();
const limitMinutes = Number(process.env.TIME_LIMIT_MINUTES) || Infinity;
const leftMs = () => began + limitMinutes * 60_000 - Date.now();

/** Runs one step within its time; what it throws is its failure. */
async function runStep({ work, limitMinutes: stepMinutes }) {
  const limitMs = Math.min(stepMinutes * 60_000, leftMs());
  if (limitMs <= 0)
    return { passed: 0, failed: 1, problems: ['not run: the time for the whole run is over'] };
  try {
    return await work(limitMs);
  } catch (error) {
    return { passed: 0, failed: 1, problems: [error.stack ?? String(error)] };
  }
}

const judge = ({ passed, failed }) => ({
  good: failed === 0,
  text: [passed > 0 && `${passed} passed`, failed > 0 && `${failed} failed`].filter(Boolean).join(', '),
});

const begun = new Map();

/** The result of a step, which begins now unless it has begun beside another. */
function resultOf(step) {
  if (!begun.has(step.name)) begun.set(step.name, runStep(step));
  return begun.get(step.name);
}

async function told(step) {
  const beside = plan.find(({ name }) => name === step.beside);
  if (beside) resultOf(beside);
  const result = await during(step.title, () => resultOf(step), judge);
  if (isEnding()) return result;
  for (const note of result.notes ?? []) say(yellow(`    ${note}`));
  for (const problem of result.problems ?? []) say(problem.replace(/^/gm, '    '));
  return result;
}

const total = { passed: 0, failed: 0 };
const failedSteps = [];

function count(name, { passed, failed }) {
  total.passed += passed;
  total.failed += failed;
  if (failed > 0) failedSteps.push(name);
}

async function runPlan() {
  const installed = await told(installStep);
  count('install', installed);
  if (installed.failed > 0) return;
  let built = true;
  for (const step of plan) {
    if (isEnding()) return;
    if (step.needsBuild && !built) {
      say(`  ${red('✗')} ${step.title}: not run, for the build failed`);
      count(step.name, { passed: 0, failed: 1 });
      continue;
    }
    const result = await told(step);
    count(step.name, result);
    if (step.name === 'build') built = result.failed === 0;
  }
}

await runPlan();
if (!isEnding()) {
  await endAll();
  say(dim(`\n${duration(Date.now() - began)}`));
  if (failedSteps.length > 0) say(`${red('failed:')} ${failedSteps.join(', ')}`);
  say(`${total.passed} passed, ${total.failed} failed`);
  process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);
}
