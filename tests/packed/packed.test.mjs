/**
 * What a stranger gets: the packed plugin in a blank Strapi app, without configuration and without an encryption
 * key. The tests go one after the other over one app; each needs those before it.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { top } from '../../scripts/project/command.mjs';
import { endWithUs } from '../../scripts/project/ending.mjs';
import { freePort } from '../../scripts/services/private-server.mjs';
import { logIn, until } from '../../scripts/strapi/admin-client.mjs';
import { headerOf, verifiedBody } from '../../scripts/strapi/received-request.mjs';
import { startApp } from '../../scripts/strapi/running-app.mjs';
import { buildApp, configurePlugin, installWith, pack, writeBlankApp } from './blank-app.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'event-webhooks-packed-'));
const blank = path.join(folder, 'blank-app');
const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
const removeNow = endWithUs({ end: async () => remove(), endAtOnce: remove });

const administrator = {
  email: 'owner@example.com',
  password: 'Blank-app-1',
  firstname: 'Owner',
  lastname: 'Blank',
};
/** What a site installs stays below 2 MB. */
const maxUnpackedBytes = 2 * 1024 * 1024;
const known = {};
/** The same for each boot: the inbox's address holds it. */
const port = await freePort();
let tarball;
let app;

after(async () => {
  await app?.stop();
  await removeNow();
});

/** Lines that complain. Strapi's own about the key that this app does not have is none of ours. */
const complaints = (output) =>
  output
    .split('\n')
    .filter((line) => /\b(warn(ing)?|error)\b|⚠|✖/i.test(line))
    .filter((line) => !/encryption ?key|ENCRYPTION_KEY/i.test(line) || /webhook/i.test(line));

async function start() {
  app = await startApp(blank, { port, env: { NODE_ENV: undefined } });
  return logIn(app.url, administrator);
}

async function stop() {
  await app.stop();
  const said = complaints(app.output());
  app = undefined;
  return said;
}

/** A change as an editor makes it, then what the inbox caught of it. */
async function writeArticle(admin, title) {
  await admin.ask('POST', '/content-manager/collection-types/api::article.article', { title });
  const place = `/event-webhooks/inboxes/${known.inbox.token}/requests`;
  return until(`the request about “${title}”`, async () => {
    const { results } = await admin.ask('GET', place);
    const whole = await Promise.all(results.map(({ id }) => admin.ask('GET', `${place}/${id}`)));
    return whole.find(({ body }) => body.includes(title));
  });
}

const deliveriesOf = async (admin) =>
  (await admin.ask('GET', `/event-webhooks/deliveries?webhook=${known.webhook.id}&pageSize=100`)).results;

const secretOf = async (admin) =>
  (await admin.ask('GET', `/event-webhooks/webhooks/${known.webhook.id}/secret`)).secrets[0].secret;

/** The links of a document that lead to no file of the package. Pictures are left out of it: their texts stand in. */
const deadLinks = (file, files) =>
  [
    ...readFileSync(path.join(top, file), 'utf8').matchAll(
      /(?<!!)\[[^\]]*\]\((?!https?:|#|mailto:)([^)#\s]+)/g,
    ),
  ]
    .map(([, target]) => path.posix.join(path.posix.dirname(file), target))
    .filter((target) => !files.includes(target))
    .map((target) => `${file}: ${target}`);

test('the package holds what it needs and no sources', async () => {
  const packed = await pack(folder);
  tarball = packed.tarball;
  for (const file of [
    'package.json',
    'dist/server/index.js',
    'dist/server/index.d.ts',
    'dist/admin/index.mjs',
    'dist/admin/index.d.mts',
    'bin/event-webhooks.mjs',
    'docs/configuration.md',
    'docs/operations.md',
  ]) {
    assert.ok(packed.files.includes(file), `${file} is missing`);
  }
  assert.deepEqual(
    packed.files.filter(
      (file) =>
        !/^(dist\/|bin\/|docs\/[\w-]+\.md$|playground\/README\.md$|package\.json$|(README|CHANGELOG|CONTRIBUTING)\.md$|LICENSE$)/.test(
          file,
        ),
    ),
    [],
  );
  assert.ok(packed.unpackedBytes < maxUnpackedBytes, `${packed.unpackedBytes} bytes unpacked`);
  assert.deepEqual(
    packed.files.filter((file) => /\.test\.|\.fixture\./.test(file)),
    [],
    'tests are in the package',
  );
  assert.deepEqual(
    packed.files.filter((file) => file.endsWith('.md')).flatMap((file) => deadLinks(file, packed.files)),
    [],
    'links that lead out of the package',
  );
  const named = packed.files
    .filter((file) => /\.m?js$/.test(file))
    .flatMap((file) => read(file).match(/(?<![\w./-])docs\/[\w-]+\.md/g) ?? []);
  assert.ok(named.includes('docs/operations.md'));
  assert.deepEqual(
    named.filter((file) => !packed.files.includes(file)),
    [],
    'documents that texts point to',
  );
});

const read = (file) => readFileSync(path.join(top, file), 'utf8');

/** The packages that the shipped sources import, types aside. */
function importedPackages() {
  const sources = ['server/src', 'admin/src', 'contracts', 'bin'].flatMap((folder) =>
    readdirSync(path.join(top, folder), { recursive: true })
      .filter((name) => /\.(tsx?|mjs)$/.test(name) && !/\.(test|fixture)\./.test(name))
      .map((name) => read(path.join(folder, name))),
  );
  const specifiers = sources.flatMap((source) =>
    [
      ...source.matchAll(
        /^(?:import|export)(?! type\b)[^;]*? from '([^']+)'|\b(?:import|require)\('([^']+)'\)/gm,
      ),
    ].map(([, fixed, asked]) => fixed ?? asked),
  );
  return new Set(
    specifiers
      .filter((name) => !/^(\.|node:)/.test(name))
      .map((name) =>
        name
          .split('/')
          .slice(0, name.startsWith('@') ? 2 : 1)
          .join('/'),
      ),
  );
}

test('the package names what it needs, all of it and nothing else', () => {
  const { dependencies, peerDependencies, engines } = JSON.parse(read('package.json'));
  const imported = importedPackages();
  assert.deepEqual(
    Object.keys(dependencies).filter((name) => !imported.has(name)),
    [],
    'installed for nothing',
  );
  assert.deepEqual(
    [...imported].filter((name) => !(name in dependencies) && !(name in peerDependencies)),
    [],
    'not named',
  );
  const told = read('docs/dependencies.md');
  assert.deepEqual(
    Object.keys({ ...dependencies, ...peerDependencies }).filter((name) => !told.includes(`\`${name}\``)),
    [],
    'not in docs/dependencies.md',
  );
  const strapi = JSON.parse(read('node_modules/@strapi/strapi/package.json'));
  assert.equal(engines.node, strapi.engines.node);
  assert.equal(peerDependencies['@strapi/strapi'], '>=5.38.0 <6.0.0');
  assert.equal(peerDependencies['@strapi/utils'], peerDependencies['@strapi/strapi']);
  for (const name of ['react-router-dom', 'styled-components']) {
    assert.equal(peerDependencies[name], strapi.peerDependencies[name]);
  }
  assert.match(read('README.md'), /Requirements: Strapi 5\.38 or newer/);
});

test('it installs into a blank Strapi app', async () => {
  writeBlankApp(blank);
  const { code, output } = await installWith(blank, tarball, path.join(folder, 'prebuilds'));
  assert.equal(code, 0, output);
  assert.equal(
    output.split('\n').some((line) => /strapi-plugin-event-webhooks/.test(line) && /warn|err/i.test(line)),
    false,
    output,
  );
});

test('`strapi build` prints no error and puts the plugin into the admin panel', async () => {
  const { code, output } = await buildApp(blank);
  assert.equal(code, 0, output);
  assert.deepEqual(complaints(output), []);
  const build = path.join(blank, 'dist/build');
  const bundle = readdirSync(build, { recursive: true }).filter((name) => name.endsWith('.js'));
  assert.ok(
    bundle.some((name) => readFileSync(path.join(build, name), 'utf8').includes('plugin::event-webhooks.')),
    'the built admin panel does not contain the plugin',
  );
});

test('it is on without configuration', async () => {
  const admin = await start();
  const { results } = await admin.ask('GET', '/event-webhooks/event-types');
  const types = results.map(({ type }) => type);
  for (const type of [
    'article.created',
    'article.updated',
    'article.published',
    'article.deleted',
    'user.created',
  ]) {
    assert.ok(types.includes(type), `${type} is not in the catalog: ${types.join(', ')}`);
  }
  known.admin = admin;
});

test('a webhook works and its signature verifies', async () => {
  const { admin } = known;
  known.inbox = await admin.ask('POST', '/event-webhooks/inboxes', { name: 'Blank' });
  known.webhook = await admin.ask('POST', '/event-webhooks/webhooks', {
    name: 'Articles',
    url: known.inbox.url,
    events: ['article.created'],
  });
  const request = await writeArticle(admin, 'The first article');
  assert.equal(request.signature.verdict, 'verified');
  known.secret = await secretOf(admin);
  const body = await verifiedBody(request, known.secret);
  assert.equal(body.type, 'article.created');
  assert.equal(headerOf(request, 'content-type')?.startsWith('application/json'), true);
  known.deliveries = await until('the delivery to be done', async () => {
    const deliveries = await deliveriesOf(admin);
    return deliveries.length === 1 && deliveries.every(({ state }) => state === 'succeeded') && deliveries;
  });
});

test('`strapi start` printed no error or warning', async () => {
  assert.deepEqual(await stop(), []);
});

test('off for one boot: nothing of it answers, nothing is lost', async () => {
  await configurePlugin(blank, { enabled: false });
  const admin = await start();
  const answer = await fetch(`${app.url}/event-webhooks/event-types`);
  assert.equal(answer.status, 404);
  await admin.ask('POST', '/content-manager/collection-types/api::article.article', {
    title: 'Written while off',
  });
  assert.deepEqual(await stop(), []);

  await configurePlugin(blank, null);
  const again = await start();
  const webhook = await again.ask('GET', `/event-webhooks/webhooks/${known.webhook.id}`);
  assert.deepEqual(
    [webhook.name, webhook.url, webhook.events],
    ['Articles', known.inbox.url, ['article.created']],
  );
  assert.deepEqual(
    (await deliveriesOf(again)).map(({ messageId, state }) => ({ messageId, state })),
    known.deliveries.map(({ messageId, state }) => ({ messageId, state })),
  );
  assert.equal(await secretOf(again), known.secret);
  known.admin = again;
});

test('on again it goes on working, with the secret of before', async () => {
  const request = await writeArticle(known.admin, 'The second article');
  assert.equal((await verifiedBody(request, known.secret)).type, 'article.created');
  assert.deepEqual(await stop(), []);
});
