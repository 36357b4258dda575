import { existsSync, readdirSync, statSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { packageProgram, run, top } from './command.mjs';

const pluginSources = [
  'server',
  'admin',
  'contracts',
  'types',
  'strapi-server.ts',
  'strapi-admin.ts',
  'package.json',
];
const pluginOutputs = ['dist/server/index.js', 'dist/admin/index.mjs'];

/** The playground's server is compiled from these. */
const serverSources = [
  'playground/src',
  'playground/config',
  'playground/package.json',
  'playground/tsconfig.json',
];
const serverOutputs = ['playground/dist/config/server.js', 'playground/dist/src/index.js'];

/** Its admin panel holds the plugin's and Strapi's own. */
const panelSources = ['playground/src/admin', 'playground/package.json', 'dist/admin', 'package-lock.json'];
const panelOutputs = ['playground/dist/build/index.html'];

/** The newest time of change below a file or folder, epoch milliseconds; a folder's own tells of removed files. */
function newest(place) {
  const stat = statSync(place, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return readdirSync(place)
    .filter((name) => name !== 'node_modules')
    .reduce((latest, name) => Math.max(latest, newest(path.join(place, name))), stat.mtimeMs);
}

function isFresh(sources, outputs) {
  const places = outputs.map((name) => path.join(top, name));
  if (!places.every((place) => existsSync(place))) return false;
  const oldest = Math.min(...places.map((place) => statSync(place).mtimeMs));
  return sources.every((name) => newest(path.join(top, name)) <= oldest);
}

export const pluginIsBuilt = () => isFresh(pluginSources, pluginOutputs);
export const playgroundIsBuilt = () =>
  isFresh(serverSources, serverOutputs) && isFresh(panelSources, panelOutputs);
export const playgroundIsCompiled = () => isFresh(serverSources, serverOutputs);

/**
 * Runs a build; afterwards its outputs bear the time at which it began, so that a source changed meanwhile is
 * newer than they are.
 */
async function build(outputs, program, args, options) {
  const began = new Date();
  const result = await run(program, args, options);
  const places = outputs.map((name) => path.join(top, name));
  // A build may end with 0 after a failure of its own: what counts is that its outputs are there.
  const missing = places.filter((place) => !existsSync(place));
  if (result.code !== 0) return result;
  if (missing.length > 0)
    return { ...result, code: 1, output: `${result.output}\nnot built: ${missing.join(', ')}\n` };
  setTimes(outputs, began);
  return result;
}

const setTimes = (outputs, time) => outputs.forEach((name) => utimesSync(path.join(top, name), time, time));

export async function buildPlugin(limitMs) {
  const [node, program] = packageProgram('@strapi/sdk-plugin', 'strapi-plugin');
  const began = new Date();
  const built = await build(pluginOutputs, node, [program, 'build'], { limitMs });
  if (built.code !== 0) return built;
  const shrunk = await build(pluginOutputs, node, [path.join(top, 'scripts/project/shrink.mjs')], {
    limitMs,
  });
  if (shrunk.code === 0) setTimes(pluginOutputs, began);
  return { ...shrunk, output: `${built.output}${shrunk.output}` };
}

export function verifyPlugin(limitMs) {
  const [node, program] = packageProgram('@strapi/sdk-plugin', 'strapi-plugin');
  return run(node, [program, 'verify'], { limitMs });
}

/**
 * Strapi's base configuration compiles incrementally and keeps its notes in node_modules: after `dist` was removed
 * nothing would be written.
 */
export const notIncremental = ['--incremental', 'false', '--tsBuildInfoFile', 'null'];

/** Compiles the playground's server alone; enough where no browser looks at it. */
export function compilePlayground(limitMs) {
  const [node, program] = packageProgram('typescript', 'tsc');
  return build(serverOutputs, node, [program, '-p', 'playground/tsconfig.json', ...notIncremental], {
    limitMs,
  });
}

/** Compiles the playground's server and bundles its admin panel. */
export function buildPlayground(limitMs) {
  const [node, program] = packageProgram('@strapi/strapi', 'strapi');
  return build([...serverOutputs, ...panelOutputs], node, [program, 'build'], {
    cwd: path.join(top, 'playground'),
    env: { STRAPI_TELEMETRY_DISABLED: 'true' },
    limitMs,
  });
}
