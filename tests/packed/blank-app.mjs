import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { npm, packageProgram, run, top } from '../../scripts/project/command.mjs';

const template = path.join(top, 'tests/fixtures/blank-app');

/** What the generator of Strapi 5.54 writes as dependencies; their versions are those of our lock file. */
const dependencies = [
  '@strapi/plugin-users-permissions',
  '@strapi/strapi',
  'better-sqlite3',
  'react',
  'react-dom',
  'react-router-dom',
  'styled-components',
];
const devDependencies = ['@types/node', '@types/react', '@types/react-dom', 'typescript'];

/** What npm tells the scripts that it runs; another npm must not take it for its own. */
const notOfThisNpm = Object.fromEntries(
  Object.keys(process.env)
    .filter((name) =>
      /^(npm_(package|lifecycle|command|node_execpath|config_(local_)?prefix)|INIT_CWD$)/.test(name),
    )
    .map((name) => [name, undefined]),
);

/**
 * Writes the app, as the generator would: everything but the encryption key, and without node_modules.
 *
 * @param {string} folder
 */
export function writeBlankApp(folder) {
  cpSync(template, folder, { recursive: true });
  const lock = JSON.parse(readFileSync(path.join(top, 'package-lock.json'), 'utf8'));
  const manifest = blankManifest(lock);
  writeJson(path.join(folder, 'package.json'), manifest);
  writeJson(path.join(folder, 'package-lock.json'), blankLock(lock, manifest));
  writeFileSync(path.join(folder, '.env'), environment());
}

function blankManifest({ packages }) {
  const exactly = (names) =>
    Object.fromEntries(names.map((name) => [name, packages[`node_modules/${name}`].version]));
  return {
    name: 'blank-app',
    private: true,
    version: '0.1.0',
    scripts: { build: 'strapi build', start: 'strapi start' },
    dependencies: exactly(dependencies),
    devDependencies: exactly(devDependencies),
    engines: { node: '>=20.0.0 <=26.x.x', npm: '>=6.0.0' },
    strapi: { uuid: false },
    allowScripts: { '@swc/core': true, 'better-sqlite3': true, 'core-js-pure': false, esbuild: true },
  };
}

/**
 * Our lock file as if it were the app's: npm takes what the app needs of it and drops the rest. So the app does not
 * change with what others publish, and npm finds it all in its cache.
 */
function blankLock(lock, { name, version, ...manifest }) {
  const packages = Object.entries(lock.packages).filter(
    ([place, { link }]) => place.startsWith('node_modules/') && !link,
  );
  const root = {
    name,
    version,
    dependencies: manifest.dependencies,
    devDependencies: manifest.devDependencies,
    engines: manifest.engines,
  };
  return { ...lock, name, version, packages: { '': root, ...Object.fromEntries(packages) } };
}

function environment() {
  const secret = () => randomBytes(16).toString('base64');
  return [
    `APP_KEYS="${secret()},${secret()}"`,
    `API_TOKEN_SALT=${secret()}`,
    `ADMIN_JWT_SECRET=${secret()}`,
    `TRANSFER_TOKEN_SALT=${secret()}`,
    `JWT_SECRET=${secret()}`,
    '',
  ].join('\n');
}

const writeJson = (file, value) => writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);

/** Packs our package into `folder`; answers with the tarball, the names of the files in it, and their size. */
export async function pack(folder) {
  mkdirSync(folder, { recursive: true });
  const [program, ...first] = npm();
  const { code, output } = await run(program, [...first, 'pack', '--json', '--pack-destination', folder], {
    env: { ...notOfThisNpm, npm_config_loglevel: 'error' },
  });
  if (code !== 0) throw new Error(`npm pack failed:\n${output}`);
  const [{ filename, files, unpackedSize }] = JSON.parse(output.slice(output.indexOf('[')));
  return {
    tarball: path.join(folder, filename),
    files: files.map((file) => file.path),
    unpackedBytes: unpackedSize,
  };
}

/**
 * `npm install` of the app with the tarball, as its owner types it. Where no ready binary of better-sqlite3 can be
 * downloaded its install script would compile for two minutes what our own install has compiled already: it is
 * offered that one, by the way it has for this.
 *
 * @param {string} folder of the app
 * @param {string} tarball
 * @param {string} prebuilds folder in which the binary is laid
 */
export async function installWith(folder, tarball, prebuilds) {
  await packBinary(prebuilds);
  const [program, ...first] = npm();
  return run(program, [...first, 'install', '--prefer-offline', '--no-audit', '--no-fund', tarball], {
    cwd: folder,
    env: { ...notOfThisNpm, npm_config_better_sqlite3_local_prebuilds: prebuilds },
  });
}

/** Named as `prebuild-install` looks for it. Where it cannot be made the install script goes its usual way. */
async function packBinary(prebuilds) {
  mkdirSync(prebuilds, { recursive: true });
  const home = path.join(top, 'node_modules/better-sqlite3');
  const { version } = JSON.parse(readFileSync(path.join(home, 'package.json'), 'utf8'));
  const { modules } = process.versions;
  const name = `better-sqlite3-v${version}-node-v${modules}-${process.platform}-${process.arch}.tar.gz`;
  await run('tar', ['-czf', path.join(prebuilds, name), 'build/Release/better_sqlite3.node'], { cwd: home });
}

/** `strapi build` in the app. */
export function buildApp(folder) {
  const [node, program] = packageProgram('@strapi/strapi', 'strapi', folder);
  const env = { ...notOfThisNpm, STRAPI_TELEMETRY_DISABLED: 'true', NODE_ENV: undefined };
  return run(node, [program, 'build'], { cwd: folder, env });
}

/** Says in config/plugins whether the plugin is on; `null` takes the file away. Compiles the app's server anew. */
export async function configurePlugin(folder, configuration) {
  const source = path.join(folder, 'config/plugins.ts');
  rmSync(source, { force: true });
  rmSync(path.join(folder, 'dist/config/plugins.js'), { force: true });
  if (configuration) {
    const plugins = JSON.stringify({ 'event-webhooks': configuration }, null, 2);
    writeFileSync(source, `export default () => (${plugins});\n`);
  }
  const [node, program] = packageProgram('typescript', 'tsc', folder);
  const args = ['-p', 'tsconfig.json', '--incremental', 'false', '--tsBuildInfoFile', 'null'];
  const { code, output } = await run(node, [program, ...args], { cwd: folder });
  if (code !== 0) throw new Error(`the app does not compile:\n${output}`);
}
