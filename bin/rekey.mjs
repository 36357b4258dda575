import { pluginOf } from './worker.mjs';

/** Seals every stored secret anew with the present first key. May be run while Strapi runs, and again. */
export async function rekey({ loadApp, say }) {
  const strapi = await loadApp({ quiet: true });
  const { webhooks, renewed, already, unreadable } = await pluginOf(strapi).service('rekey').run();
  say(
    `event-webhooks rekey: ${webhooks} webhooks, ${renewed} values encrypted again, ${already} were already encrypted with the current key`,
  );
  for (const { webhook, values } of unreadable) {
    say(`no key decrypts ${values} of ${JSON.stringify(webhook)}: add the former key, or enter them again`);
  }
  await strapi.destroy();
  process.exit(unreadable.length > 0 ? 1 : 0);
}
