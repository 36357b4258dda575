import { writeFileSync } from 'node:fs';
import os from 'node:os';
import { parseArgs } from 'node:util';
import { endAll } from '../scripts/project/ending.mjs';
import { ensureBuilt, ensureInstalled } from '../scripts/project/prepare.mjs';
import { crowdOf } from './crowd.mjs';
import { drain } from './drain.mjs';
import { fairness } from './fairness.mjs';
import { table } from './figures.mjs';
import { hanging } from './hanging.mjs';
import { matching } from './matching.mjs';
import { ownPostgres } from './own-postgres.mjs';
import { startProcess } from './process.mjs';
import { write } from './write.mjs';
import { writeDuringDrain } from './write-during-drain.mjs';

const usage = `npm run bench -- [--quick] [--only A,B,C,J,F,K,M] [--json FILE] [--no-build]

  --quick   five rounds and small drains: less than five minutes
  --only    some of the measurements (H comes with A); F, K and M are made only where they are named
  --json    writes the figures to a file`;

const options = {
  quick: { type: 'boolean', default: false },
  only: { type: 'string', default: 'A,B,C,F,J' },
  json: { type: 'string' },
  'no-build': { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
};

const say = (text) => console.log(text);
const progress = (round, parts) => say(`${round.padEnd(8)} ${parts.join('   ')}`);

async function app(name, env) {
  const began = Date.now();
  const started = await startProcess('./app.mjs', env);
  say(`${name.padEnd(8)} started in ${((Date.now() - began) / 1000).toFixed(1)} s`);
  return { name, ...started };
}

async function onPostgres() {
  const database = await ownPostgres();
  return 'unavailable' in database ? null : app('postgres', database.env);
}

/** Those that could be started. */
const on = (apps) => Object.fromEntries(Object.entries(apps).filter(([, app]) => app !== null));

/** @param {(figures: object) => void} keep called with all there is after each measurement */
async function measure(letters, quick, keep) {
  const rounds = quick ? 5 : 11;
  const size = quick ? 3000 : 10_000;
  const receiver = await startProcess('./receiver.mjs');
  const url = await receiver.ask('url');
  const axiosLoop = await startProcess('./axios-loop.mjs');
  const apps = {
    sqlite: await app('sqlite', { DATABASE_CLIENT: 'sqlite', EVENT_WEBHOOKS: 'true' }),
    without: await app('without', { DATABASE_CLIENT: 'sqlite', EVENT_WEBHOOKS: 'false' }),
    postgres: 'AFKM'.split('').some((letter) => letters.includes(letter)) ? await onPostgres() : null,
  };
  const common = { receiver, url, rounds, progress };
  const measurements = {
    A: () => drain({ ...common, apps, axiosLoop, size }),
    B: () => hanging({ ...common, app: apps.sqlite, seconds: quick ? 5 : 15 }),
    F: () => fairness({ ...common, app: apps.sqlite, rounds: quick ? 2 : 5, seconds: quick ? 5 : 15 }),
    C: () => write({ ...common, apps, writes: quick ? 60 : 200 }),
    M: () => matching({ ...common, apps: on({ sqlite: apps.sqlite, postgres: apps.postgres }), quick }),
    J: () => writeDuringDrain({ ...common, app: apps.sqlite, size, writes: quick ? 60 : 150 }),
    K: async () => {
      const figures = {};
      for (const name of ['sqlite', 'postgres'].filter((each) => apps[each]))
        figures[`K.${name}`] = await crowdOf({ ...common, app: apps[name] });
      return figures;
    },
  };
  const figures = {};
  for (const [letter, run] of Object.entries(measurements))
    if (letters.includes(letter)) keep(Object.assign(figures, await run()));
  return figures;
}

async function main() {
  const { values } = parseArgs({ options });
  if (values.help) return say(usage);
  if (!values['no-build']) {
    await ensureInstalled();
    await ensureBuilt();
  }
  const began = Date.now();
  const letters = values.only.toUpperCase().split(',');
  const machine = `${os.cpus().length} cores, Node.js ${process.version}, ${os.platform()} ${os.arch()}`;
  const keep = (figures) => {
    if (!values.json) return;
    const load = os.loadavg().map((value) => Number(value.toFixed(1)));
    const result = { at: new Date().toISOString(), machine, load, quick: values.quick, figures };
    writeFileSync(values.json, `${JSON.stringify(result, null, 2)}\n`);
  };
  const figures = await measure(letters, values.quick, keep);
  say(
    `\n${table(figures)}\n\n${machine}; load ${os.loadavg()[0].toFixed(1)}; ${Math.round((Date.now() - began) / 1000)} s`,
  );
}

try {
  await main();
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await endAll();
}
// Something that was started may still hold the event loop.
process.exit();
