/** The plugin of this app, or an error that says that it is not on. */
export function pluginOf(strapi) {
  const plugin = strapi.plugin('event-webhooks');
  if (!plugin) throw new Error('the plugin event-webhooks is not enabled in this app');
  return plugin;
}

/** Delivers until it is told to stop, whatever `delivery.enabled` says: that is for the processes that serve. */
export async function worker({ loadApp, say }) {
  const strapi = await loadApp();
  const plugin = pluginOf(strapi);
  // Strapi itself is stopped by its own listeners, which end the process as well.
  for (const signal of ['SIGTERM', 'SIGINT']) {
    process.once(signal, () => say(`event-webhooks worker: ${signal}, stopping`));
  }
  // Nothing of ours keeps a process alive, and this one serves nobody.
  setInterval(() => undefined, 2 ** 30);
  await plugin.service('worker').start();
  const { engine } = await plugin.service('queue').view();
  say(`event-webhooks worker: delivering (engine ${engine}, process ${process.pid})`);
}
