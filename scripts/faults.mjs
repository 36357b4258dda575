/**
 * npm run faults: Strapi is killed with -9 again and again, servers are stopped under it, and at the end everything
 * that was committed must have been received, and nothing else.
 *
 *   npm run faults                                   two kills on SQLite, two on Postgres
 *   npm run faults -- --rounds 30 --setups sqlite,postgres,bullmq
 *   npm run faults -- --scenario two-instances,postgres-restart,redis-restart
 *   npm run --silent faults -- --json                one JSON object on standard output, progress on standard error
 *   … --seed 7                                       the same choices again
 *
 * Exit code 1 when something was lost, a ghost was sent, or a duplicate has no kill to explain it; 2 for a wrong option.
 */
import { parseArgs } from 'node:util';
import { endAll, isEnding } from './project/ending.mjs';
import { scenarios, setUps } from './faults/plan.mjs';
import { allRequired } from './services/first-that-has-it.mjs';
import { isGood } from './faults/reckoning.mjs';
import { duration } from './project/telling.mjs';

const list = (text) => text.split(',').filter(Boolean);

function readOptions() {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '2' },
      setups: { type: 'string' },
      scenario: { type: 'string' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      json: { type: 'boolean', default: false },
    },
  });
  const chosen = {
    rounds: Number(values.rounds),
    seed: Number(values.seed),
    json: values.json,
    scenarios: list(values.scenario ?? ''),
    // A scenario alone is a scenario alone.
    setups: list(values.setups ?? (values.scenario ? '' : 'sqlite,postgres')),
  };
  const unknown = [
    ...chosen.setups.filter((name) => !setUps[name]),
    ...chosen.scenarios.filter((name) => !scenarios[name]),
  ];
  if (unknown.length > 0) {
    const names = [Object.keys(setUps), Object.keys(scenarios)].map((all) => all.join(', '));
    throw new Error(`not known: ${unknown.join(', ')}; set-ups: ${names[0]}; scenarios: ${names[1]}`);
  }
  if (!Number.isInteger(chosen.rounds) || chosen.rounds < 1) throw new Error('--rounds must be 1 or more');
  if (!Number.isInteger(chosen.seed)) throw new Error('--seed must be a whole number');
  return chosen;
}

const tell = (text) => process.stderr.write(`${text}\n`);

/** One set-up or scenario; what it throws is its failure. */
async function figuresOf(name, work) {
  const began = Date.now();
  tell(`${name}:`);
  try {
    const figures = await work((text) => tell(`  ${text}`));
    const seconds = Math.round((Date.now() - began) / 1000);
    return figures.notRun ? figures : { ...figures, seed: options.seed, seconds };
  } catch (error) {
    return { failed: error.message };
  }
}

function judge(figures) {
  if (figures.notRun) {
    tell(`  not run here: ${figures.notRun}`);
    return !allRequired();
  }
  if (figures.failed) {
    tell(`  failed: ${figures.failed}`);
    return false;
  }
  const { examples = [], problems = [], seconds, ...numbers } = figures;
  const good = isGood(figures) && problems.length === 0;
  tell(
    `  ${good ? 'held' : 'BROKEN'} in ${duration(seconds * 1000)}: ${Object.entries(numbers)
      .map(([key, value]) => `${key} ${value}`)
      .join(', ')}`,
  );
  for (const example of [...examples, ...problems]) tell(`    ${example}`);
  return good;
}

let options;
try {
  options = readOptions();
} catch (error) {
  tell(error.message);
  process.exit(2);
}
const results = {};
let good = true;
const work = [
  ...options.setups.map((name) => [name, (say) => setUps[name]({ ...options, tell: say })]),
  ...options.scenarios.map((name) => [name, (say) => scenarios[name]({ ...options, tell: say })]),
];
tell(`seed ${options.seed}`);
for (const [name, run] of work) {
  if (isEnding()) break;
  const figures = await figuresOf(name, run);
  results[name] = { ...figures, good: judge(figures) };
  good &&= results[name].good;
}
if (!isEnding()) {
  await endAll();
  if (options.json) process.stdout.write(`${JSON.stringify(results)}\n`);
  process.exitCode = good ? 0 : 1;
  // What a server of ours still holds must not keep us.
  process.stdout.write('', () => process.exit());
}
