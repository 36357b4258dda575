import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { packageProgram, run } from '../project/command.mjs';
import { tail } from '../project/telling.mjs';

/** Enough of a failure's text to see what it was about. */
const linesPerFailure = 30;

/** What is worth a look when the whole run gets too long. */
const slowSeconds = 20;
const slowestShown = 10;

/**
 * Each file in a process of its own, so many at a time: better-sqlite3 and knex, loaded again by each file, end a
 * shared process with a segmentation fault now and then (jestjs/jest #11350; seen once in five runs in band).
 */
const ownProcesses = (atATime) => [`--maxWorkers=${atATime}`, '--workerIdleMemoryLimit=1MB'];

/** What jest says when something was left open, and how long it may still take to end after that. */
const leftOpen = 'did not exit one second after';
const leftOpenGraceMs = 10_000;

/**
 * Runs one project of jest. What was not run counts as a failure: skipped tests and todos, a file that could not be
 * loaded, a run without any test.
 *
 * @param {string} project
 * @param {{ env?: Record<string, string>, atATime?: number, limitMs: number }} options `atATime`: each file in a
 *   process of its own
 * @returns {Promise<import('./steps.mjs').StepResult>}
 */
export async function runJest(project, { env = {}, atATime, limitMs }) {
  const folder = mkdtempSync(path.join(tmpdir(), 'event-webhooks-jest-'));
  const report = path.join(folder, 'report.json');
  try {
    const [node, jest] = packageProgram('jest', 'jest');
    const args = [jest, '--selectProjects', project, '--ci', '--json', `--outputFile=${report}`];
    // Jest waits for ever for what its tests left open: it is ended then, and that is a failure.
    const endAfter = { text: leftOpen, graceMs: leftOpenGraceMs };
    const ended = await run(node, atATime ? [...args, ...ownProcesses(atATime)] : args, {
      env,
      limitMs,
      endAfter,
    });
    return judge(readReport(report), ended);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

function judge(report, { code, output, timedOut }) {
  if (!report) {
    const why = timedOut ? 'ended, for it took too long' : `jest ended with ${code} and without a report`;
    return { passed: 0, failed: 1, problems: [`${why}\n${tail(output, 60)}`] };
  }
  const notRun = report.numPendingTests + report.numTodoTests;
  const failed = report.numFailedTests + notRun + report.numRuntimeErrorTestSuites;
  const passed = report.numPassedTests;
  const problems = problemsOf(report);
  const notes = [slowestOf(report)].filter(Boolean);
  if (passed + failed === 0) return { passed, failed: 1, problems: ['no test was run'] };
  if (code !== 0 && failed === 0) {
    return {
      passed,
      failed: 1,
      problems: [`all tests passed, but jest ended with ${code}\n${tail(output, 40)}`],
    };
  }
  return { passed, failed, problems, notes };
}

/** Files that took longest; nothing where none took long. */
function slowestOf({ testResults }) {
  const slow = testResults
    .map(({ name, startTime, endTime }) => ({
      name: path.basename(name, '.test.ts'),
      seconds: (endTime - startTime) / 1000,
    }))
    .filter(({ seconds }) => seconds >= slowSeconds)
    .sort((a, b) => b.seconds - a.seconds)
    .slice(0, slowestShown);
  return slow.length > 0
    ? `longest: ${slow.map(({ name, seconds }) => `${name} ${Math.round(seconds)} s`).join(', ')}`
    : null;
}

function problemsOf({ testResults }) {
  return testResults.flatMap((file) => {
    const name = path.relative(process.cwd(), file.name);
    const unrun = file.assertionResults.length === 0 && file.status === 'failed';
    if (unrun) return [`✗ ${name}\n${tail(file.message, linesPerFailure)}`];
    return file.assertionResults
      .filter(({ status }) => status !== 'passed')
      .map(({ fullName, status, failureMessages }) =>
        status === 'failed'
          ? `✗ ${name}: ${fullName}\n${head(failureMessages.join('\n'))}`
          : `✗ ${name}: ${fullName} (${status}: it was not run)`,
      );
  });
}

const head = (text) =>
  text
    .split('\n')
    .slice(0, linesPerFailure)
    .map((line) => `    ${line}`)
    .join('\n');
