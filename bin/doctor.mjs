import { pluginOf } from './worker.mjs';

const ago = (ms) => `${Math.max(0, Math.round((Date.now() - ms) / 1000))} s ago`;
const counted = (count, limit) => (count >= limit ? `${limit} or more` : String(count));

/** Why a webhook needs attention, or null. */
function trouble({ name, state, reason, readable }) {
  if (!readable) return `${name}: its secrets cannot be decrypted`;
  return state === 'active' || state === 'paused' ? null : `${name}: ${state}, ${reason}`;
}

const indent = ' '.repeat(16);

/** Which key reads what, by fingerprint; never a key, never a value. */
function keyLines({ keys, unreadable }) {
  const lines = keys
    .filter(({ seals, reads }) => seals || reads > 0)
    .map(
      ({ name, fingerprint, seals, reads }) =>
        `${name} (${fingerprint}) ${seals ? 'encrypts and decrypts' : 'decrypts'} ${reads}`,
    );
  const old = keys.some(({ seals, reads }) => !seals && reads > 0);
  if (old) lines.push('encrypt everything with the first one: npx event-webhooks rekey');
  for (const { webhook, values } of unreadable)
    lines.push(`no key decrypts ${values} of ${JSON.stringify(webhook)}`);
  return lines;
}

/** Prints what a person would look for first. */
export async function doctor({ loadApp, say, options = [] }) {
  const strapi = await loadApp({ quiet: true });
  const plugin = pluginOf(strapi);
  const again = options.includes('--match-again') ? await plugin.service('doctor').matchAgain() : null;
  const report = await plugin.service('doctor').report();
  const { queue, webhooks, keys, hasEvents } = report;
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
  say(
    `set aside       ${counted(report.setAside, 10_000)} events that could not be matched, or not for every webhook`,
  );
  if (again !== null) say(`                ${again} set-aside events are being matched again`);
  else if (report.setAside > 0)
    say(
      '                `event-webhooks doctor --match-again` matches them again; no webhook gets one twice',
    );
  say(`waiting         ${counted(queue.waiting, queue.countedUpTo)} deliveries`);
  say(
    `oldest due      ${queue.oldestDueAt === null ? 'none waits' : new Date(queue.oldestDueAt).toISOString()}`,
  );
  for (const [index, line] of keyLines(keys).entries())
    say(`${index === 0 ? "secrets' keys   " : indent}${line}`);
  const troubled = webhooks.map(trouble).filter((line) => line !== null);
  say(`webhooks        ${webhooks.length}, of which need attention: ${troubled.length}`);
  for (const line of troubled) say(`                ${line}`);
  const { refused } = report;
  if (refused.length > 0)
    say(`events          ${refused.length} left out, because of an error or of what this app does not have:`);
  for (const { origin, type, problems } of refused)
    for (const problem of problems)
      say(`${indent}${problem.startsWith(type ?? origin) ? '' : `${type ?? origin}: `}${problem}`);
  if (webhooks.length > 0 && !hasEvents) {
    say('note            there are webhooks, but no event was ever logged: new, or this database came by');
    say(
      '                `strapi import` or `transfer`, which empties log and queue (see docs/operations.md in the package)',
    );
  }
  if (queue.waiting > 0 && delivering.length === 0)
    say('note            deliveries wait, and no process delivers');
  await strapi.destroy();
  process.exit(0);
}
