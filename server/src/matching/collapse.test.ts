import fc from 'fast-check';
import { naturalCollapse } from '../../../contracts';
import type { Collapse } from '../../../contracts';
import type { Connection } from '../store/connection';
import { collapsed } from './collapse';
import type { CollapseStore } from './collapse';
import type { Match } from './match';

const trx = {} as Connection;
const rule: Collapse = { quietSeconds: 5, maxSeconds: 20, per: 'webhook', send: 'latest' };

const matchOf = (eventId: number, more: Partial<Match> = {}): Match => ({
  eventId,
  webhookId: 1,
  messageId: `msg_${eventId}`,
  eventType: 'article.updated',
  state: 'pending',
  webhookName: 'Site',
  host: 'example.com',
  uid: 'api::article.article',
  documentId: 'doc',
  locale: null,
  orderKey: null,
  unnamed: false,
  actor: { type: 'system', id: null, name: null },
  collapse: rule,
  replacesAffected: false,
  shownBy: false,
  tree: null,
  ...more,
});

interface Row {
  id: number;
  webhookId: number;
  eventId: number;
  state: string;
  dueAt: number;
  attempts: number;
  collapseKey: string | null;
  collapseGroup: string | null;
  collapseSince: number | null;
  collapseNotBefore: number | null;
}

/** A table in memory: an event and a webhook are together there once. */
function table() {
  const rows: Row[] = [];
  const store: CollapseStore = {
    waitingToCollapse: async (_trx, { webhookId, keys, retried }) =>
      rows
        .filter((row) => row.webhookId === webhookId && row.state === 'pending')
        .filter((row) => keys.includes(row.collapseKey ?? '') && (retried || row.attempts === 0))
        .map((row) => ({
          ...row,
          collapseKey: row.collapseKey ?? '',
          collapseGroup: row.collapseGroup ?? '',
          collapseSince: row.collapseSince ?? 0,
        })),
    collapse: async (_trx, over, { group }) => {
      const groups = over.map(({ collapseGroup }) => collapseGroup);
      for (const row of rows) {
        if (over.some(({ id }) => id === row.id))
          Object.assign(row, { state: 'collapsed', collapseGroup: group });
        else if (row.state === 'collapsed' && groups.includes(row.collapseGroup ?? ''))
          row.collapseGroup = group;
      }
    },
    waitLonger: async (_trx, id, dueAt) => {
      for (const row of rows) if (row.id === id) row.dueAt = dueAt;
    },
  };
  return {
    rows,
    async write(matches: readonly Match[], now: number): Promise<void> {
      for (const found of await collapsed(store, trx, matches, now)) {
        const { webhookId, eventId, state, dueAt, collapseKey, collapseGroup } = found;
        const { collapseSince, collapseNotBefore } = found;
        if (rows.some((row) => row.eventId === eventId && row.webhookId === webhookId)) continue;
        rows.push({
          ...{ id: rows.length + 1, webhookId, eventId, state, dueAt, attempts: 0 },
          ...{ collapseKey, collapseGroup, collapseSince, collapseNotBefore },
        });
      }
    },
    /** Sends what is due. */
    send(now: number): number[] {
      const due = rows.filter((row) => row.state === 'pending' && row.dueAt <= now);
      due.forEach((row) => (row.state = 'succeeded'));
      return due.map(({ eventId }) => eventId);
    },
  };
}

describe('several events become one delivery', () => {
  it('that is sent when nothing has happened for the quiet period, with the newest event', async () => {
    const { rows, write, send } = table();
    await write([matchOf(1), matchOf(2)], 0);
    await write([matchOf(3)], 3000);
    expect(send(7999)).toEqual([]);
    expect(send(8000)).toEqual([3]);
    expect(rows.map(({ state }) => state)).toEqual(['collapsed', 'collapsed', 'succeeded']);
    expect(new Set(rows.map(({ collapseGroup }) => collapseGroup)).size).toBe(1);
  });

  it('at the latest when the longest wait is over, although it never becomes quiet', async () => {
    const { write, send } = table();
    const sent: number[] = [];
    for (let second = 0; second < 60; second += 1) {
      await write([matchOf(second + 1)], second * 1000);
      sent.push(...send(second * 1000));
    }
    // Second 20 brings event 21, and second 41 event 42.
    expect(sent).toEqual([21, 42]);
  });

  it('for each document and language by itself, by choice', async () => {
    const { write, send } = table();
    const per = { ...rule, per: 'document' as const };
    await write(
      [
        matchOf(1, { collapse: per }),
        matchOf(2, { collapse: per, documentId: 'other' }),
        matchOf(3, { collapse: per, locale: 'uk' }),
        matchOf(4, { collapse: per }),
      ],
      0,
    );
    expect(send(5000)).toEqual([2, 3, 4]);
  });

  it('an event that is matched a second time after a crash changes nothing, whatever it had become', async () => {
    const { rows, write, send } = table();
    await write([matchOf(1), matchOf(2)], 0);
    await write([matchOf(1), matchOf(2)], 1000);
    expect(rows.map(({ state }) => state)).toEqual(['collapsed', 'pending']);
    expect(send(6000)).toEqual([2]);
    await write([matchOf(1), matchOf(2)], 7000);
    expect(send(60_000)).toEqual([]);
  });

  it('a later state takes the place of one that failed, and the receiver is left alone as long as before', async () => {
    const { rows, write, send } = table();
    await write([matchOf(1)], 0);
    Object.assign(rows[0] ?? {}, { attempts: 1, dueAt: 300_000 });
    await write([matchOf(2)], 10_000);
    expect(send(299_999)).toEqual([]);
    // However many follow.
    await write([matchOf(3)], 20_000);
    await write([matchOf(4)], 200_000);
    expect(send(299_999)).toEqual([]);
    expect(send(300_000)).toEqual([4]);
  });

  it('two webhooks that begin with the same event have nothing in common', async () => {
    const { rows, write } = table();
    await write([matchOf(1), matchOf(1, { webhookId: 2 })], 0);
    await write([matchOf(2), matchOf(3, { webhookId: 2 })], 1000);
    const groupsOf = (webhookId: number) =>
      new Set(rows.filter((row) => row.webhookId === webhookId).map(({ collapseGroup }) => collapseGroup));
    expect([groupsOf(1).size, groupsOf(2).size]).toEqual([1, 1]);
    expect([...groupsOf(1)]).not.toEqual([...groupsOf(2)]);
  });

  it('what had become part of one is part of what that becomes part of', async () => {
    const { rows, write } = table();
    const all = { ...rule, send: 'all' as const };
    await write([matchOf(1, { collapse: all })], 0);
    // It is claimed, so that the following begin a group of their own, and given back.
    const [first] = rows;
    if (first) first.state = 'delivering';
    await write([matchOf(2, { collapse: all })], 1000);
    await write([matchOf(3, { collapse: all })], 2000);
    if (first) first.state = 'pending';
    await write([matchOf(4, { collapse: all })], 3000);
    expect(new Set(rows.map(({ collapseGroup }) => collapseGroup)).size).toBe(1);
    expect(rows.map(({ state }) => state)).toEqual(['collapsed', 'collapsed', 'collapsed', 'pending']);
  });

  it('where all are sent, one that was attempted is not taken back', async () => {
    const { rows, write, send } = table();
    const all = { ...rule, send: 'all' as const };
    await write([matchOf(1, { collapse: all })], 0);
    Object.assign(rows[0] ?? {}, { attempts: 1, dueAt: 300_000 });
    await write([matchOf(2, { collapse: all })], 10_000);
    expect(send(300_000)).toEqual([1, 2]);
  });

  it('what is skipped, and webhooks that do not collapse, are as without it', async () => {
    const { rows, write } = table();
    await write([matchOf(1, { state: 'skipped' }), matchOf(2, { collapse: null })], 0);
    expect(rows).toMatchObject([
      { state: 'skipped', collapseGroup: null },
      { state: 'pending', dueAt: 0, collapseGroup: null },
    ]);
  });

  it('a change of the entry itself takes in what waits to tell that it is affected, and nothing that comes after it', async () => {
    const { rows, write, send } = table();
    const affected = { collapse: naturalCollapse, eventType: 'article.affected' };
    const own = { collapse: null, replacesAffected: true, eventType: 'article.deleted' };
    await write([matchOf(1, affected), matchOf(2, { ...affected, documentId: 'other' })], 0);
    await write([matchOf(3, affected), matchOf(4, own), matchOf(5, affected)], 1000);
    expect(rows.map(({ state }) => state)).toEqual([
      'collapsed',
      'pending',
      'collapsed',
      'pending',
      'pending',
    ]);
    const groupOf = (at: number) => rows[at]?.collapseGroup;
    expect(new Set([0, 2, 3].map(groupOf)).size).toBe(1);
    expect(groupOf(4)).not.toBe(groupOf(3));
    // It is sent at once, and is never part of what comes after it.
    expect(send(1000)).toEqual([4]);
    await write([matchOf(6, affected)], 2000);
    expect(send(7000)).toEqual([2, 6]);
  });

  it('a change of the entry itself stays as it is where nothing waits, another webhook waits, or it is skipped', async () => {
    const { rows, write } = table();
    const affected = { collapse: naturalCollapse };
    const own = { collapse: null, replacesAffected: true };
    await write([matchOf(1, { ...affected, webhookId: 2 }), matchOf(2, own)], 0);
    await write([matchOf(3, { ...affected, locale: 'uk' }), matchOf(4, { ...own, state: 'skipped' })], 0);
    expect(rows.map(({ state }) => state)).toEqual(['pending', 'pending', 'pending', 'skipped']);
    expect([rows[1]?.collapseGroup, rows[3]?.collapseGroup]).toEqual([null, null]);
  });

  it('in any order and any batches no event is lost, none is sent twice, and the last call has the last state', async () => {
    const step = fc.record({
      gapMs: fc.integer({ min: 0, max: 9000 }),
      events: fc.integer({ min: 0, max: 4 }),
      again: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const { rows, write, send } = table();
        const sent: number[] = [];
        let now = 0;
        let last = 0;
        for (const { gapMs, events, again } of steps) {
          now += gapMs;
          sent.push(...send(now));
          const batch = Array.from({ length: events }, (_, index) => matchOf(last + index + 1));
          last += events;
          await write(batch, now);
          if (again) await write(batch, now);
        }
        sent.push(...send(now + rule.maxSeconds * 1000));
        expect(rows.map(({ eventId }) => eventId)).toEqual(
          Array.from({ length: last }, (_, index) => index + 1),
        );
        expect(new Set(sent).size).toBe(sent.length);
        expect(sent).toEqual([...sent].sort((a, b) => a - b));
        expect(sent.at(-1) ?? 0).toBe(last);
        expect(rows.every(({ state }) => state === 'collapsed' || state === 'succeeded')).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
