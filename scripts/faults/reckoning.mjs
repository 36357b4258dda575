import { createRequire } from 'node:module';

const { isDeletedLater, lastVersion, parseTitle, title } = createRequire(import.meta.url)(
  '../../tests/faults/entry-script.cjs',
);

const keyOf = (type, entryTitle) => `${type}|${entryTitle}`;
const deliveryKey = (messageId, webhook) => `${messageId}|${webhook}`;

/**
 * Which changes were committed, from the rows that are left: see `tests/faults/entry-script.cjs`. Never more than
 * these, never fewer.
 *
 * @param {{ title: string, published_at: unknown }[]} articles
 * @returns {Set<string>} `article.updated|faults 1/2 v3`
 */
export function committedChanges(articles) {
  const lanes = new Map();
  for (const row of articles) {
    const at = parseTitle(row.title);
    if (!at) throw new Error(`content that should have been rolled back is there: ${row.title}`);
    const entries = lanes.get(at.lane) ?? new Map();
    lanes.set(at.lane, entries);
    const entry = entries.get(at.number) ?? { draft: 0, published: 0 };
    entries.set(at.number, entry);
    entry[row.published_at === null ? 'draft' : 'published'] = at.version;
  }
  const changes = new Set();
  for (const [lane, entries] of lanes) {
    const newest = Math.max(...entries.keys());
    for (let number = 1; number <= newest; number += 1) {
      const add = (action, version) => changes.add(keyOf(`article.${action}`, title(lane, number, version)));
      const entry = entries.get(number);
      const last = lastVersion(number);
      if (!entry && !isDeletedLater(number)) throw new Error(`entry ${lane}/${number} is gone`);
      if (!entry) add('deleted', last);
      const { draft, published } = entry ?? { draft: last, published: last };
      for (let version = 1; version <= draft; version += 1) {
        add(version === 1 ? 'created' : 'updated', version);
        if (version % 2 === 0 && version <= published) add('published', version);
      }
    }
  }
  return changes;
}

/**
 * Compares what was committed with what was stored and what was received.
 *
 * @param {{ articles: object[], events: { message_id: string, type: string, body: string, match_error: string | null }[],
 *   deliveries: { message_id: string, webhook: string, state: string }[], webhooks: string[],
 *   receipts: import('./receiver.mjs').Receipt[],
 *   kills: { inFlight: Set<string>, readAt: number }[] }} run `inFlight`: `messageId|webhook` of the deliveries that
 *   had no outcome when the process was gone
 */
export function reckon({ articles, events, deliveries, webhooks, receipts, kills }) {
  const changes = committedChanges(articles);
  const examples = [];
  const tell = (what) => examples.length < 10 && examples.push(what);

  const byChange = new Map();
  for (const event of events) {
    const change = eventChange(event);
    byChange.set(change, [...(byChange.get(change) ?? []), event]);
  }
  const received = new Map();
  for (const receipt of receipts) {
    const key = deliveryKey(receipt.messageId, receipt.webhook);
    if (!received.has(key)) received.set(key, []);
    received.get(key).push(receipt);
  }

  let lost = 0;
  for (const change of changes) {
    for (const webhook of webhooks) {
      const arrived = (byChange.get(change) ?? []).some((event) =>
        (received.get(deliveryKey(event.message_id, webhook)) ?? []).some(({ refused }) => !refused),
      );
      if (arrived) continue;
      lost += 1;
      tell(
        `lost: ${change} for ${webhook}, ${byChange.has(change) ? 'though the event is there' : 'no event'}`,
      );
    }
  }

  let ghosts = 0;
  for (const [change, same] of byChange) {
    const surplus = same.length - (changes.has(change) ? 1 : 0);
    if (surplus === 0) continue;
    ghosts += surplus;
    tell(`ghost: ${same.length} events tell of ${change}`);
  }
  const known = new Set(events.map((event) => event.message_id));
  for (const key of received.keys()) {
    if (known.has(key.split('|')[0])) continue;
    ghosts += 1;
    tell(`ghost: ${key} was received and is no stored event`);
  }

  const duplicates = countDuplicates(received, kills, tell);
  return {
    changes: changes.size,
    events: events.length,
    deliveries: deliveries.length,
    received: receipts.length,
    lost,
    ghosts,
    ...duplicates,
    notSucceeded: deliveries.filter(({ state }) => state !== 'succeeded').length,
    setAside: events.filter(({ match_error: error }) => error !== null).length,
    examples,
  };
}

const eventChange = ({ type, body }) => keyOf(type, JSON.parse(body).data.entry.title);

/**
 * A delivery may be received again only because it was in flight at a kill that lies between the two receipts. What
 * the receiver refused was no delivery, so its repetition is none either.
 */
function countDuplicates(received, kills, tell) {
  let duplicates = 0;
  let duplicatesUnexplained = 0;
  let bodiesThatDiffer = 0;
  for (const [key, all] of received) {
    if (new Set(all.map(({ body }) => body)).size > 1) {
      bodiesThatDiffer += 1;
      tell(`not the same bytes: ${key}`);
    }
    const accepted = all.filter(({ refused }) => !refused).sort((a, b) => a.at - b.at);
    for (let index = 1; index < accepted.length; index += 1) {
      duplicates += 1;
      const [first, second] = [accepted[index - 1], accepted[index]];
      const explained = kills.some(
        ({ inFlight, readAt }) => inFlight.has(key) && first.at <= readAt && readAt < second.at,
      );
      if (explained) continue;
      duplicatesUnexplained += 1;
      tell(
        `twice without a reason: ${key}, ${new Date(first.at).toISOString()} and ${new Date(second.at).toISOString()}`,
      );
    }
  }
  return { duplicates, duplicatesUnexplained, bodiesThatDiffer };
}

/** Whether a run shows what it must show. */
export const isGood = (figures) =>
  figures.lost === 0 &&
  figures.ghosts === 0 &&
  figures.duplicatesUnexplained === 0 &&
  figures.bodiesThatDiffer === 0 &&
  figures.notSucceeded === 0 &&
  figures.setAside === 0 &&
  // Nothing written and nothing received would be perfect too.
  figures.changes > 0;
