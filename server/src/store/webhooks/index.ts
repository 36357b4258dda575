/** WEBHOOKS: their rows, as screens write them and as matching reads them; `gate` is what deliveries change in them. */
import { isDeepStrictEqual } from 'node:util';
import type { Core } from '@strapi/strapi';
import { tables, uids } from '../../constants';
import type { GatePatch } from '../../gate';
import type { Connection, Database } from '../connection';
import { toBoolean, toJson, toNumber, toTextOrNull } from '../connection';
import type { Query } from '../db';
import { partsOf } from '../statements';
import { webhookGate } from './gate';
import type { NewWebhook, StoredHome, StoredLoop, SubscriberRow, WebhookRow } from './row';
import { fromWebhookRow } from './row';

export type {
  NewWebhook,
  StoredHeader,
  StoredHome,
  StoredLoop,
  StoredSecret,
  StoredTemplateSecret,
  SubscriberRow,
  WebhookRow,
} from './row';

export function createWebhookStore(strapi: Core.Strapi, database: Database) {
  const gate = webhookGate(database);
  const query = () => strapi.db.query(uids.webhook);
  const rows = async (connection: Connection, narrow?: (q: Query) => void): Promise<WebhookRow[]> => {
    const q = database.from(connection, tables.webhooks).select('*').orderBy('id');
    narrow?.(q);
    return ((await q) as Record<string, unknown>[]).map(fromWebhookRow);
  };

  /** What was last read of subscriptions and conditions, by its text: matching reads it many times a second. */
  let lastRead: ReadonlyMap<string, unknown> = new Map();

  /** The same object while the text is the same, so that results computed for it can be kept. */
  const parsedOnce = (value: unknown, seen: Map<string, unknown>): unknown => {
    if (value === null || value === undefined) return null;
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    const parsed = seen.get(text) ?? lastRead.get(text) ?? (toJson(text) as unknown);
    seen.set(text, parsed);
    return parsed;
  };

  /** Saves the home installation of webhooks; no lifecycle, no `updatedAt`. */
  const saveHome = async (
    connection: Connection,
    ids: readonly number[],
    home: StoredHome,
  ): Promise<void> => {
    for (const part of partsOf(ids)) {
      await database
        .from(connection, tables.webhooks)
        .whereIn('id', part)
        .update({ home: JSON.stringify(home) });
    }
  };

  /** Saves what was never noted; no lifecycle, no `updatedAt`. */
  const saveFirst = async (
    id: number,
    column: 'meanings' | 'unknown_names',
    value: unknown,
  ): Promise<void> => {
    await database
      .from(database.pool(), tables.webhooks)
      .where({ id })
      .where((none) => void none.whereNull(column).orWhereRaw("cast(?? as char(4)) = 'null'", [column]))
      .update({ [column]: JSON.stringify(value) });
  };

  return {
    /** Ordered by id, with only the columns that matching needs: no secret, no header. */
    async subscribers(connection: Connection): Promise<SubscriberRow[]> {
      const found = (await database
        .from(connection, tables.webhooks)
        .select([
          'id',
          'name',
          'url',
          'events',
          'active',
          'disabled_reason',
          'ordered',
          'shown_by',
          'conditions',
          'collapse',
          'meanings',
          'skip_unchanged',
          'one_publish',
          'fields',
        ])
        .orderBy('id')) as Record<string, unknown>[];
      const seen = new Map<string, unknown>();
      const subscribers = found.map((row) => ({
        id: toNumber(row.id),
        name: String(row.name),
        url: String(row.url),
        events: (parsedOnce(row.events, seen) as string[] | null) ?? [],
        active: toBoolean(row.active),
        disabledReason: toTextOrNull(row.disabled_reason),
        ordered: toBoolean(row.ordered),
        shownBy: toBoolean(row.shown_by),
        conditions: parsedOnce(row.conditions, seen) as SubscriberRow['conditions'],
        collapse: parsedOnce(row.collapse, seen) as SubscriberRow['collapse'],
        meanings: parsedOnce(row.meanings, seen) as SubscriberRow['meanings'],
        skipUnchanged: toBoolean(row.skip_unchanged),
        onePublish: toBoolean(row.one_publish),
        fields: parsedOnce(row.fields, seen) as SubscriberRow['fields'],
      }));
      lastRead = seen;
      return subscribers;
    },

    all: (connection: Connection): Promise<WebhookRow[]> => rows(connection),

    async find(connection: Connection, id: number): Promise<WebhookRow | null> {
      return (await rows(connection, (q) => void q.where({ id })))[0] ?? null;
    },

    async findMany(connection: Connection, ids: readonly number[]): Promise<WebhookRow[]> {
      return rows(connection, (q) => void q.whereIn('id', [...ids]));
    },

    /** Through Strapi's own query, which sets the document id and dates of the row. */
    async create(webhook: NewWebhook): Promise<number> {
      const created = (await query().create({ data: { ...webhook } })) as { id: number | string };
      return toNumber(created.id);
    },

    async update(id: number, webhook: Partial<NewWebhook> & Omit<GatePatch, 'hold'>): Promise<void> {
      const { lift, ...data } = webhook;
      if (lift !== undefined) await gate.patchGate(database.pool(), id, { lift });
      await query().update({ where: { id }, data });
    },

    /**
     * A change that somebody saves, with the revision that comes of it, in one transaction. False: the row has another
     * revision than `seen` by now, or is gone, and nothing was written.
     */
    async save(
      id: number,
      seen: number,
      {
        lift,
        ...data
      }: Partial<NewWebhook> & Omit<GatePatch, 'hold'> & Pick<WebhookRow, 'revision' | 'changes'>,
    ): Promise<boolean> {
      return strapi.db.transaction(async ({ trx }) => {
        const [row] = await rows(trx, (q) => void q.where({ id }).forUpdate());
        if (row?.revision !== seen) return false;
        if (lift !== undefined) await gate.patchGate(trx, id, { lift });
        await query().update({ where: { id }, data });
        return true;
      });
    },

    /**
     * Turns a webhook off whose receiver keeps it going. False: it was disabled meanwhile, or is gone, and nothing was
     * written.
     */
    async stopLoop(id: number, loop: StoredLoop, now: number): Promise<boolean> {
      const lift = 'loop_trial_again';
      const patch: GatePatch = { active: false, disabledReason: 'loop', disabledAt: now, lift };
      return database.transaction(async (trx) => {
        if (!(await gate.patchGate(trx, id, patch))) return false;
        await database
          .from(trx, tables.webhooks)
          .where({ id })
          .update({ loop: JSON.stringify(loop) });
        return true;
      });
    },

    /** Notes what the subscriptions of a webhook mean, where that was never noted. */
    saveFirstMeanings: (id: number, meanings: WebhookRow['meanings']): Promise<void> =>
      saveFirst(id, 'meanings', meanings),

    /** Notes which names its template has that nothing had, where that was never noted. */
    saveFirstUnknownNames: (id: number, names: readonly string[]): Promise<void> =>
      saveFirst(id, 'unknown_names', names),

    async remove(id: number): Promise<void> {
      await query().delete({ where: { id } });
    },

    /** Saves a home installation for webhooks that have none. */
    async saveFirstHome(connection: Connection, home: StoredHome): Promise<void> {
      await database
        .from(connection, tables.webhooks)
        .where((none) => void none.whereNull('home').orWhereRaw("cast(home as char(4)) = 'null'"))
        .update({ home: JSON.stringify(home) });
    },

    /**
     * Replaces the home installation of a webhook. False: it is another one than `seen` by now, or the webhook is
     * deleted, and nothing was written.
     */
    async replaceHome(id: number, seen: StoredHome, home: StoredHome): Promise<boolean> {
      return database.transaction(async (trx) => {
        const [row] = await rows(trx, (q) => void q.where({ id }).forUpdate());
        if (!isDeepStrictEqual(row?.home, seen)) return false;
        await saveHome(trx, [id], home);
        return true;
      });
    },

    saveHome,

    /**
     * Changes the encrypted values of a webhook's row, in a transaction of its own, based on the current row;
     * null changes nothing. No lifecycle, no `updatedAt`.
     */
    async changeSealed(
      id: number,
      change: (
        row: WebhookRow,
      ) => Pick<WebhookRow, 'headers' | 'secrets' | 'urlSealed' | 'templateSecrets'> | null,
    ): Promise<void> {
      await database.transaction(async (trx) => {
        const [row] = await rows(trx, (q) => void q.where({ id }).forUpdate());
        const changed = row ? change(row) : null;
        if (changed === null) return;
        await database
          .from(trx, tables.webhooks)
          .where({ id })
          .update({
            headers: JSON.stringify(changed.headers),
            secrets: JSON.stringify(changed.secrets),
            url_sealed: changed.urlSealed,
            template_secrets: JSON.stringify(changed.templateSecrets),
          });
      });
    },

    ...gate,
  };
}

export type WebhookStore = ReturnType<typeof createWebhookStore>;
