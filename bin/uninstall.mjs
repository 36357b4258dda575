const prefix = 'event_webhooks_';
const action = 'plugin::event-webhooks.';

/** Names of this plugin's tables that are there, in the schema that the app chose. */
async function tablesOf(strapi) {
  const names = await strapi.db.dialect.schemaInspector.getTables();
  return names.filter((name) => name.startsWith(prefix));
}

/** Removes what the plugin keeps in the database. To be run while Strapi is stopped. */
export async function uninstall({ loadApp, options, say }) {
  if (!options.includes('--yes')) {
    say(
      'This removes every webhook, event and delivery of the plugin event-webhooks from the database, for good.',
    );
    say('Stop Strapi, then run: npx event-webhooks uninstall --yes');
    process.exit(2);
  }
  const strapi = await loadApp({ quiet: true });
  const alive = strapi.plugin('event-webhooks')
    ? (await strapi.plugin('event-webhooks').service('queue').view()).instances.length
    : 0;
  if (alive > 0) {
    await strapi.destroy();
    throw new Error(
      `${alive} Strapi process(es) with this plugin were seen within the last 20 seconds; stop them first`,
    );
  }
  const tables = await tablesOf(strapi);
  const schema = strapi.db.getSchemaConnection();
  for (const table of tables) await schema.dropTableIfExists(table);
  await forgetPersisted(strapi);
  await forgetSchema(strapi);
  await strapi.db
    .query('strapi::core-store')
    .deleteMany({ where: { key: { $startsWith: 'plugin_event-webhooks_' } } });
  await strapi.db.query('admin::permission').deleteMany({ where: { action: { $startsWith: action } } });
  say(
    `event-webhooks uninstall: removed ${tables.length} tables, the plugin's settings and its permissions.`,
  );
  say('Now remove it: npm uninstall strapi-plugin-event-webhooks, and its entry in config/plugins.');
  await strapi.destroy();
  process.exit(0);
}

/** Strapi keeps the tables that are named here when their plugin is absent. */
async function forgetPersisted(strapi) {
  const store = { type: 'core', key: 'persisted_tables' };
  const kept = (await strapi.store.get(store)) ?? [];
  const others = kept.filter((table) => !(typeof table === 'string' ? table : table.name).startsWith(prefix));
  await strapi.store.set({ ...store, value: others });
}

/** Strapi makes tables only where its schema differs from the one it remembers: a next start is to make ours anew. */
async function forgetSchema(strapi) {
  const { schemaStorage } = strapi.db.schema;
  const stored = await schemaStorage.read();
  if (!stored) return;
  const tables = stored.schema.tables.filter(({ name }) => !name.startsWith(prefix));
  await schemaStorage.add({ ...stored.schema, tables });
}
