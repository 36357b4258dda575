import { pluginOf } from './worker.mjs';

const ago = (ms) => `${Math.max(0, Math.round((Date.now() - ms) / 1000))} s ago`;
const counted = (count, limit) => (count >= limit ? `${limit} or more` : String(count));

/** Why a webhook needs attention, or null. */
function trouble({ name, state, reason, readable }) {
  if (!readable) return `${name}: its secrets cannot be decrypted`;
  return state === 'active' || state === 'paused' ? null : `${name}: ${state}, ${reason}`;
}

/** Prints what a person would look for first. */
export async function doctor({ loadApp, say }) {
  const strapi = await loadApp({ quiet: true });
  const plugin = pluginOf(strapi);
  const report = await plugin.service('doctor').report();
  const { queue, webhooks, secretsKey, hasEvents } = report;
  say(`engine          ${queue.engine}`);
  say(`database        ${strapi.db.dialect.client}`);
  const delivering = queue.instances.filter(({ delivers }) => delivers);
  say(`alive           ${queue.instances.length}, of which deliver: ${delivering.length}`);
  for (const { host, pid, version, seenAt, delivers } of queue.instances) {
    say(
      `                ${host} process ${pid}, ${version}${delivers ? ', delivers' : ''}, seen ${ago(seenAt)}`,
    );
  }
  say(`unmatched       ${counted(queue.unmatched, queue.countedUpTo)} events`);
  say(`waiting         ${counted(queue.waiting, queue.countedUpTo)} deliveries`);
  say(
    `oldest due      ${queue.oldestDueAt === null ? 'none waits' : new Date(queue.oldestDueAt).toISOString()}`,
  );
  say(
    `secrets' key    ${secretsKey === 'encryption_key' ? 'admin.secrets.encryptionKey' : 'made of app.keys'}`,
  );
  const troubled = webhooks.map(trouble).filter((line) => line !== null);
  say(`webhooks        ${webhooks.length}, of which need attention: ${troubled.length}`);
  for (const line of troubled) say(`                ${line}`);
  if (webhooks.length > 0 && !hasEvents) {
    say('note            there are webhooks, but no event was ever logged: new, or this database came by');
    say(
      '                `strapi import` or `transfer`, which empties log and queue (see docs/operations.md)',
    );
  }
  if (queue.waiting > 0 && delivering.length === 0)
    say('note            deliveries wait, and nobody delivers');
  await strapi.destroy();
  process.exit(0);
}
