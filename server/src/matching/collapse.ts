import { naturalCollapse } from '../../../contracts';
import type { Collapse } from '../../../contracts';
import type { Connection } from '../store/connection';
import type { WaitingDelivery } from '../store/deliveries';
import type { Match } from './match';

/** A delivery that becomes one with others, or the one that they become. */
export interface Collapsed {
  state: Match['state'] | 'collapsed';
  dueAt: number;
  collapseKey: string | null;
  collapseGroup: string | null;
  collapseSince: number | null;
  collapseNotBefore: number | null;
}

export interface CollapseStore {
  waitingToCollapse(
    trx: Connection,
    asked: { webhookId: number; keys: readonly string[]; retried: boolean },
  ): Promise<WaitingDelivery[]>;
  collapse(
    trx: Connection,
    over: readonly Pick<WaitingDelivery, 'id' | 'collapseGroup'>[],
    to: { group: string; now: number },
  ): Promise<void>;
  waitLonger(trx: Connection, id: number, dueAt: number): Promise<void>;
}

/** The deliveries of one webhook that become one. */
interface Together<M> {
  webhookId: number;
  key: string;
  rule: Collapse;
  matches: M[];
}

/**
 * Of the deliveries of one webhook (and document, by choice) the newest is sent, when nothing has happened for the quiet
 * period, or the longest wait is over; the others are marked as part of it. What waits already is part of it too. What
 * waits to tell that an entry is affected becomes part of the delivery that tells a change of the entry itself. Runs in
 * the transaction that writes them, with the webhooks locked, so that it is exact over several instances.
 */
export async function collapsed<M extends Match>(
  store: CollapseStore,
  trx: Connection,
  matches: readonly M[],
  now: number,
): Promise<(M & Collapsed)[]> {
  const alone = {
    ...{ dueAt: now, collapseKey: null, collapseGroup: null },
    ...{ collapseSince: null, collapseNotBefore: null },
  };
  const together = new Map<string, Together<M>>();
  const written = new Map<M, Collapsed>();
  const replacing = replacements(matches);
  const taking = await takeIn(store, trx, replacing, now);
  for (const found of matches) {
    const { collapse } = found;
    if (collapse === null || found.state === 'skipped') continue;
    const key = keyOf(found, collapse);
    const name = `${found.webhookId} ${key}`;
    const instead = replacing.get(name);
    if (instead !== undefined && instead.eventId > found.eventId) {
      taking.add(instead);
      const collapseGroup = groupOf(instead);
      written.set(found, { ...alone, state: 'collapsed', collapseKey: key, collapseGroup });
      continue;
    }
    const known = together.get(name) ?? { webhookId: found.webhookId, key, rule: collapse, matches: [] };
    known.matches.push(found);
    together.set(name, known);
  }
  // Without a key: nothing that comes later takes its place.
  for (const found of taking)
    written.set(found, { ...alone, state: found.state, collapseGroup: groupOf(found) });
  const waiting = await waitingFor(store, trx, [...together.values()]);
  for (const [name, one] of together)
    for (const [found, row] of await joined(store, trx, one, waiting.get(name) ?? [], now))
      written.set(found, row);
  return matches.map((found) => ({ ...found, ...(written.get(found) ?? { ...alone, state: found.state }) }));
}

/** The newest of these by which what waits for its entry has nothing more to tell, by webhook and key. */
const replacements = <M extends Match>(matches: readonly M[]): Map<string, M> =>
  new Map(
    matches
      .filter(({ replacesAffected, state }) => replacesAffected && state !== 'skipped')
      .sort((a, b) => a.eventId - b.eventId)
      .map((found) => [`${found.webhookId} ${keyOf(found, naturalCollapse)}`, found]),
  );

/**
 * What waits and is older becomes part of these.
 * @returns those of which something has become a part
 */
async function takeIn<M extends Match>(
  store: CollapseStore,
  trx: Connection,
  replacing: ReadonlyMap<string, M>,
  now: number,
): Promise<Set<M>> {
  const all = [...replacing.values()].map((found) => ({
    ...{ webhookId: found.webhookId, key: keyOf(found, naturalCollapse), rule: naturalCollapse },
    matches: [found],
  }));
  const waiting = await waitingFor(store, trx, all);
  const taking = new Set<M>();
  for (const [name, found] of replacing) {
    const older = (waiting.get(name) ?? []).filter(({ eventId }) => eventId < found.eventId);
    if (older.length === 0) continue;
    await store.collapse(trx, older, { group: groupOf(found), now });
    taking.add(found);
  }
  return taking;
}

const groupOf = ({ webhookId, messageId }: Match): string => `${webhookId}:${messageId}`;

async function waitingFor<M>(
  store: CollapseStore,
  trx: Connection,
  all: readonly Together<M>[],
): Promise<Map<string, WaitingDelivery[]>> {
  const byWebhook = new Map<number, Together<M>[]>();
  for (const one of all) byWebhook.set(one.webhookId, [...(byWebhook.get(one.webhookId) ?? []), one]);
  const found = new Map<string, WaitingDelivery[]>();
  for (const [webhookId, those] of byWebhook) {
    const retried = those.some(({ rule }) => rule.send === 'latest');
    const keys = those.map(({ key }) => key);
    for (const row of await store.waitingToCollapse(trx, { webhookId, keys, retried })) {
      const name = `${webhookId} ${row.collapseKey}`;
      found.set(name, [...(found.get(name) ?? []), row]);
    }
  }
  return found;
}

/** One becomes the delivery of all, with the newest event: one of these, or one that waits already. */
async function joined<M extends Match>(
  store: CollapseStore,
  trx: Connection,
  { key, rule, matches }: Together<M>,
  waiting: readonly WaitingDelivery[],
  now: number,
): Promise<Map<M, Collapsed>> {
  const inOrder = [...matches].sort((a, b) => a.eventId - b.eventId);
  const newest = inOrder.at(-1);
  if (newest === undefined) return new Map();
  const latest = waiting.reduce<WaitingDelivery | null>(
    (found, row) => (found === null || row.eventId > found.eventId ? row : found),
    null,
  );
  // An event that is matched a second time, after a crash, has its delivery already.
  const stays = latest !== null && latest.eventId >= newest.eventId ? latest : null;
  const first = waiting.find(({ collapseGroup }) => collapseGroup !== '');
  const group = stays?.collapseGroup ?? first?.collapseGroup ?? groupOf(newest);
  // What was attempted has had its wait; what follows it begins one of its own.
  const untried = waiting.filter(({ attempts }) => attempts === 0);
  const since = Math.min(now, ...untried.map(({ collapseSince }) => collapseSince));
  // A receiver that failed is left alone as long as before, however many events join meanwhile.
  const notBefore = Math.max(
    0,
    ...waiting.map((row) => (row.attempts > 0 ? row.dueAt : (row.collapseNotBefore ?? 0))),
  );
  const dueAt = Math.max(Math.min(now + rule.quietSeconds * 1000, since + rule.maxSeconds * 1000), notBefore);
  const over = waiting.filter((row) => row !== stays);
  if (over.length > 0) await store.collapse(trx, over, { group, now });
  if (stays) await store.waitLonger(trx, stays.id, dueAt);
  const row = {
    ...{ dueAt, collapseKey: key, collapseGroup: group, collapseSince: since },
    collapseNotBefore: notBefore > now ? notBefore : null,
  };
  return new Map(
    inOrder.map((found) => [
      found,
      { ...row, state: found === newest && stays === null ? found.state : ('collapsed' as const) },
    ]),
  );
}

/** The length of its column. */
const longestKey = 255;

/** Per document: the versions of its languages are separate. */
const keyOf = ({ uid, documentId, locale }: Match, { per }: Collapse): string =>
  per === 'webhook' || documentId === null
    ? 'webhook'
    : `${uid ?? ''}:${documentId}:${locale ?? ''}`.slice(0, longestKey);
