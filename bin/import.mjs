import { pluginOf } from './worker.mjs';

const indent = '    ';

const leftOutLines = (leftOut) =>
  leftOut.map(({ what, name, reason }) => `${indent}without the ${what} ${JSON.stringify(name)}: ${reason}`);

/** What would become of one of Strapi's own. */
function previewLines({ name, url, enabled, imported, leftOut, refused }, disables) {
  const title = `${JSON.stringify(name)} to ${url}`;
  if (imported) return [`${title}: was imported before`];
  if (refused !== null) return [`${title}: cannot be imported: ${refused}`];
  const becomes =
    disables && enabled ? 'will be imported, on, and turned off in Strapi' : 'will be imported, off';
  return [`${title}: ${becomes}`, ...leftOutLines(leftOut)];
}

function resultLines({ name, leftOut, original }) {
  const what = { untouched: 'imported', disabled: 'imported, on; turned off in Strapi' };
  const done =
    what[original] ?? 'imported, on; Strapi’s own could not be turned off: do so in Settings → Webhooks';
  return [`${JSON.stringify(name)}: ${done}`, ...leftOutLines(leftOut)];
}

/** Imports the webhooks of Settings → Webhooks, with the body that they have had so far. */
export async function importWebhooks({ loadApp, say, options = [] }) {
  const disables = options.includes('--disable-originals');
  const strapi = await loadApp({ quiet: true });
  const service = pluginOf(strapi).service('coreWebhooks');
  const { results } = await service.importable();
  const ids = results.filter(({ imported, refused }) => !imported && refused === null).map(({ id }) => id);
  if (!options.includes('--yes')) {
    for (const line of results.flatMap((one) => previewLines(one, disables))) say(line);
    say(
      ids.length === 0
        ? 'nothing to import'
        : `nothing was changed; with --yes ${ids.length} will be imported`,
    );
  } else {
    const done = await service.import(ids, disables);
    for (const line of done.imported.flatMap(resultLines)) say(line);
    for (const { name, reason } of done.refused) say(`${JSON.stringify(name)}: not imported: ${reason}`);
    say(`${done.imported.length} imported`);
    if (done.imported.some(({ original }) => original === 'disabled'))
      say('note: running processes of Strapi send with their own webhooks until they are restarted');
  }
  await strapi.destroy();
  process.exit(0);
}
