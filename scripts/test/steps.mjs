import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { packageProgram, run, top } from '../project/command.mjs';
import {
  buildPlayground,
  buildPlugin,
  compilePlayground,
  notIncremental,
  playgroundIsBuilt,
  playgroundIsCompiled,
  pluginIsBuilt,
  verifyPlugin,
} from '../project/build.mjs';
import { install, installState } from '../project/install.mjs';
import { tail } from '../project/telling.mjs';
import { chromium, mariadb, postgres, redis } from '../services.mjs';
import { allRequired } from '../services/first-that-has-it.mjs';
import { runFaults } from './faults.mjs';
import { runJest } from './jest.mjs';
import { runNodeTests } from './node-tests.mjs';
import { makeTemplates } from './template.mjs';

/**
 * What a step comes to. A check counts as one test.
 *
 * @typedef {{ passed: number, failed: number, problems?: string[], notes?: string[] }} StepResult
 */

const passed = (count = 1) => ({ passed: count, failed: 0 });
const failed = (...problems) => ({ passed: 0, failed: 1, problems });

const sum = (results) => ({
  passed: results.reduce((total, result) => total + result.passed, 0),
  failed: results.reduce((total, result) => total + result.failed, 0),
  problems: results.flatMap((result) => result.problems ?? []),
  notes: results.flatMap((result) => result.notes ?? []),
});

/** The result of a program whose exit code is its verdict. */
const verdict = ({ code, output, timedOut }) =>
  code === 0 ? passed() : failed(`${timedOut ? 'ended, for it took too long\n' : ''}${tail(output, 60)}`);

const check = (packageName, program, args) => async (limitMs) => {
  const [node, script] = packageProgram(packageName, program);
  return verdict(await run(node, [script, ...args], { limitMs }));
};

/** Runs the checks one after the other within one time limit; all of them, also when one fails. */
const inTurn =
  (...checks) =>
  async (limitMs) => {
    const end = Date.now() + limitMs;
    const results = [];
    for (const one of checks) results.push(await one(Math.max(1, end - Date.now())));
    return sum(results);
  };

const typesOf = (project) => check('typescript', 'tsc', ['--noEmit', '-p', project, ...notIncremental]);

export const installStep = {
  name: 'install',
  title: 'install',
  limitMinutes: 15,
  async work(limitMs) {
    const state = await installState();
    if (state.installed) return { passed: 0, failed: 0 };
    const { code, output } = await install(limitMs);
    return code === 0
      ? { passed: 0, failed: 0, notes: [`npm ci, because ${state.reason}`] }
      : failed(tail(output));
  },
};

async function build(limitMs) {
  if (!pluginIsBuilt()) {
    const result = verdict(await buildPlugin(limitMs));
    if (result.failed > 0) return result;
  }
  return sum([passed(), verdict(await verifyPlugin(limitMs))]);
}

async function integration(limitMs) {
  const end = Date.now() + limitMs;
  if (!playgroundIsCompiled()) {
    const compiled = verdict(await compilePlayground(limitMs));
    if (compiled.failed > 0) return compiled;
  }
  const servers = [
    await serverFor('Postgres', 'POSTGRES_URL', postgres),
    await serverFor('MariaDB', 'MYSQL_URL', mariadb),
    await serverFor('Redis', 'REDIS_URL', redis),
  ];
  const env = Object.assign({}, ...servers.map((server) => server.env));
  const templates = await makeTemplates({ postgres: env.POSTGRES_URL ?? null, limitMs: end - Date.now() });
  try {
    const result = await runJest('integration', {
      env: { ...env, ...templates.env },
      atATime: 4,
      limitMs: end - Date.now(),
    });
    return sum([...servers.map((server) => server.result), result]);
  } finally {
    await templates.drop();
    await Promise.all(servers.map((server) => server.stop()));
  }
}

/** A server that the tests ask for by this variable, or why they go without. */
async function serverFor(name, variable, take) {
  const none = { env: {}, result: { passed: 0, failed: 0 }, stop: async () => undefined };
  if (!testsMention(variable)) return none;
  const server = await take();
  if ('url' in server) return { ...none, env: { [variable]: server.url }, stop: server.stop };
  if (allRequired()) return { ...none, result: failed(server.unavailable) };
  return {
    ...none,
    result: { passed: 0, failed: 0, notes: [`not run here: ${name} (${server.unavailable})`] },
  };
}

function testsMention(word, folder = path.join(top, 'tests')) {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).some(
    (entry) =>
      entry.isFile() &&
      /\.[cm]?[jt]s$/.test(entry.name) &&
      readFileSync(path.join(entry.parentPath ?? entry.path, entry.name), 'utf8').includes(word),
  );
}

async function e2e(limitMs) {
  const end = Date.now() + limitMs;
  if (!playgroundIsBuilt()) {
    const built = verdict(await buildPlayground(limitMs));
    if (built.failed > 0) return built;
  }
  const browser = await chromium();
  if ('unavailable' in browser) {
    if (allRequired()) return failed(browser.unavailable);
    return { passed: 0, failed: 0, notes: [`not run here: ${browser.unavailable}`] };
  }
  const env = { CHROMIUM_PATH: browser.executablePath, CHROMIUM_ARGS: JSON.stringify(browser.args) };
  return runJest('e2e', { env, atATime: 2, limitMs: end - Date.now() });
}

const ours = '**/*.{ts,tsx,mjs,json,md}';

/**
 * In the order in which they run. A step with `needsBuild` is not run when the build has failed. `beside` names a later step
 * that begins with it: one that waits, or uses one core only, leaves room for it.
 */
export const steps = [
  { name: 'build', title: 'build', limitMinutes: 6, work: build },
  {
    name: 'lint',
    title: 'lint',
    beside: 'unit',
    limitMinutes: 5,
    work: check('eslint', 'eslint', ['.', '--max-warnings', '0']),
  },
  {
    name: 'format',
    title: 'format',
    limitMinutes: 3,
    work: check('prettier', 'prettier', ['--check', ours]),
  },
  {
    name: 'types',
    title: 'types',
    limitMinutes: 5,
    work: inTurn(
      typesOf('tsconfig.json'),
      typesOf('playground/tsconfig.json'),
      typesOf('playground/src/admin/tsconfig.json'),
    ),
  },
  {
    name: 'arrows',
    title: 'arrows',
    limitMinutes: 3,
    work: check('dependency-cruiser', 'depcruise', [
      'server/src',
      'admin/src',
      'contracts',
      '--config',
      '.dependency-cruiser.cjs',
    ]),
  },
  { name: 'unit', title: 'unit tests', limitMinutes: 8, work: (limitMs) => runJest('unit', { limitMs }) },
  {
    name: 'integration',
    title: 'integration, with a real Strapi',
    limitMinutes: 30,
    needsBuild: true,
    work: integration,
  },
  {
    name: 'faults',
    title: 'faults: kill -9, a stopped Postgres',
    beside: 'packed',
    limitMinutes: 12,
    needsBuild: true,
    async work(limitMs) {
      const end = Date.now() + limitMs;
      const compiled = playgroundIsCompiled() ? passed(0) : verdict(await compilePlayground(limitMs));
      if (compiled.failed > 0) return compiled;
      const reckoning = await runNodeTests('scripts/faults/reckoning.test.mjs', { limitMs });
      return sum([reckoning, await runFaults(end - Date.now())]);
    },
  },
  { name: 'e2e', title: 'end to end, in a real browser', limitMinutes: 25, needsBuild: true, work: e2e },
  {
    name: 'packed',
    title: 'packed, in a blank Strapi app',
    limitMinutes: 12,
    needsBuild: true,
    work: (limitMs) => runNodeTests('tests/packed/packed.test.mjs', { limitMs }),
  },
];
