import { errors } from '@strapi/utils';
import type { z } from 'zod';
import type {
  Actor,
  HomeView,
  HourBucket,
  LastDelivery,
  SecretView,
  UrlCheck,
  WebhookInTrouble,
  WebhookInput,
  WebhookList,
  WebhookView,
  webhookListQuery,
} from '../../../contracts';
import type { GateState, World } from '../gate/gate';
import { afterResume, afterSwitch, gateState } from '../gate/gate';
import { hostOf } from '../matching/match';
import type { Store } from '../store';
import { hourMs } from '../store/outcomes';
import type { NewWebhook, StoredHeader, WebhookRow } from '../store/webhooks';
import type { SecretBox } from './secret-box';
import type { FindStalled, Stalled } from './stalled';
import { invalid, problem } from './validate';

export interface WebhooksDeps {
  store: Store;
  box: SecretBox;
  newSecret(): string;
  now(): number;
  /** Whether any event type of the catalog is meant by this subscription. */
  knownSubscription(pattern: string): boolean;
  /** An event type that is meant by these subscriptions and names fields which are gone. */
  withGoneField(
    patterns: readonly string[],
  ): { type: string; displayName: string; gone?: readonly string[] } | null;
  /** For which webhooks something waits that nobody takes. */
  stalled: FindStalled;
  /** Which rule refuses this URL, if one does. */
  checkUrl(url: string): Promise<UrlCheck>;
  world(): World;
  /** Who asks, for the owner of a new webhook. */
  actor(): Actor;
  /** After any change: interest is read anew, the dispatcher is woken. */
  changed(): Promise<void>;
}

const dayHours = 24;

/** Old secrets kept beside the current one at most (Standard Webhooks: each gives one more signature). */
const maxOldSecrets = 10;

/** Webhooks: what the screens, the API and site builders do with them. */
export function createWebhooksService(deps: WebhooksDeps) {
  const { store, box } = deps;
  const pool = () => store.database.pool();

  const find = async (id: number): Promise<WebhookRow> => {
    const row = await store.webhooks.find(pool(), id);
    if (!row) throw new errors.NotFoundError(`webhook ${id} does not exist`);
    return row;
  };

  const views = async (rows: readonly WebhookRow[]): Promise<WebhookView[]> => {
    const ids = rows.map((row) => row.id);
    const now = deps.now();
    const firstHour = now - (now % hourMs) - (dayHours - 1) * hourMs;
    const [hours, lastIds, missed] = [
      await store.outcomes.hours(pool(), ids, firstHour),
      await store.outcomes.lastDeliveries(pool(), ids),
      await store.deliveries.skippedCounts(pool(), ids),
    ];
    const last = new Map(
      (await store.deliveries.findMany(pool(), [...lastIds.values()])).map((row) => [row.webhookId, row]),
    );
    const stalled = await deps.stalled(rows);
    return rows.map((row) => {
      const buckets = Array.from({ length: dayHours }, (_, index): HourBucket => {
        const hour = firstHour + index * hourMs;
        const found = hours.find((entry) => entry.webhookId === row.id && entry.hour === hour);
        return { hour, succeeded: found?.succeeded ?? 0, failed: found?.failed ?? 0 };
      });
      const delivery = last.get(row.id);
      return {
        ...view(row, stalled),
        missed: missed.get(row.id) ?? 0,
        hours: buckets,
        lastDelivery: delivery ? lastDelivery(delivery) : null,
      };
    });
  };

  const view = (
    row: WebhookRow,
    stalled: Stalled,
  ): Omit<WebhookView, 'missed' | 'hours' | 'lastDelivery'> => {
    const gate = gateState(row, deps.now(), deps.world());
    return {
      id: row.id,
      name: row.name,
      url: row.url,
      host: hostOf(row.url),
      events: row.events,
      active: row.active,
      state: gate.state,
      stateReason: 'reason' in gate ? gate.reason : null,
      heldUntil: 'until' in gate ? gate.until : null,
      home: 'home' in gate ? homeView(gate.home) : null,
      failingSince: row.failingSince,
      slowed: row.throttleLevel > 0,
      headers: row.headers.map(({ name, value, secret }) => ({ name, value: secret ? null : value, secret })),
      timeoutSeconds: row.timeoutSeconds,
      retryScheduleSeconds: row.retryScheduleSeconds,
      rateLimit: row.rateLimit,
      ordered: row.ordered,
      onFailedHead: row.onFailedHead,
      needsAttention: attention(row, gate, stalled),
      createdAt: row.createdAt,
      updatedAt: row.updatedAt,
    };
  };

  /** The gravest first: what stops everything, what stops some of it, what may stop it. */
  const attention = (
    row: WebhookRow,
    gate: GateState,
    { webhookIds }: Stalled,
  ): WebhookView['needsAttention'] => {
    if (gate.state === 'away') return { code: 'away', detail: gate.home.host ?? gate.home.name };
    if (row.disabledReason !== null) return { code: 'disabled', detail: row.disabledReason };
    const unreadable = unreadableOf(row);
    if (unreadable !== null) return unreadable;
    if (webhookIds.has(row.id)) return { code: 'stalled', detail: null };
    const gone = row.events.filter((pattern) => !deps.knownSubscription(pattern));
    if (gone.length > 0) return { code: 'event_type_gone', detail: gone.join(', ') };
    const lacking = deps.withGoneField(row.events);
    if (lacking) {
      const detail = `${lacking.displayName}: ${(lacking.gone ?? []).join(', ')}`;
      return { code: 'field_gone', detail, eventType: lacking.type };
    }
    return row.warnedAt === null ? null : { code: 'failing', detail: null };
  };

  /** What of it no longer decrypts; a new secret does not repair a header. */
  const unreadableOf = (row: WebhookRow): WebhookView['needsAttention'] => {
    if (opened(row) !== null) return null;
    if (secretsOf(row) === null) return { code: 'secret_unreadable', detail: null };
    const headers = row.headers.filter(({ secret, value }) => secret && box.open(value) === null);
    return { code: 'header_unreadable', detail: headers.map(({ name }) => name).join(', ') };
  };

  /** The live secrets in the clear, or null where one no longer decrypts. */
  const secretsOf = (row: WebhookRow): string[] | null => {
    const now = deps.now();
    const secrets = row.secrets
      .filter(({ validUntil }) => validUntil === null || validUntil > now)
      .map(({ value }) => box.open(value));
    const readable = secrets.filter((value) => value !== null);
    return secrets.length === 0 || readable.length < secrets.length ? null : readable;
  };

  /** Secrets and headers of a webhook in the clear, or null where one no longer decrypts. */
  const opened = (
    row: WebhookRow,
  ): { secrets: string[]; headers: { name: string; value: string; secret: boolean }[] } | null => {
    const secrets = secretsOf(row);
    const headers = row.headers.map((header) => ({
      ...header,
      value: header.secret ? box.open(header.value) : header.value,
    }));
    if (secrets === null || headers.some(({ value }) => value === null)) return null;
    return { secrets, headers: headers.map((header) => ({ ...header, value: header.value ?? '' })) };
  };

  /** Refuses what the contract's form cannot know: unknown event types, refused addresses, a kept value that is not there. */
  const checked = async (input: WebhookInput, old: WebhookRow | null): Promise<void> => {
    const problems = input.events.flatMap((pattern, index) =>
      // A type that is gone may stay where it is, so that the rest of the form can still be saved.
      deps.knownSubscription(pattern) || old?.events.includes(pattern)
        ? []
        : [problem(['events', String(index)], `${pattern} is not an event type of this Strapi`)],
    );
    const url = await deps.checkUrl(input.url);
    if (!url.ok && url.rule !== 'name') problems.push(problem(['url'], url.reason ?? 'is refused'));
    input.headers.forEach((header, index) => {
      if (header.value !== null) return;
      const kept = old?.headers.some(
        (stored) => sameName(stored.name, header.name) && stored.secret && header.secret,
      );
      if (!kept) problems.push(problem(['headers', String(index), 'value'], 'is required'));
    });
    if (problems.length > 0) throw invalid(problems);
  };

  const storedHeaders = (input: WebhookInput, old: WebhookRow | null): StoredHeader[] =>
    input.headers.map(({ name, value, secret }) => {
      if (value === null) {
        const kept = old?.headers.find((stored) => sameName(stored.name, name));
        return { name, value: kept?.value ?? '', secret };
      }
      return { name, value: secret ? box.seal(value) : value, secret };
    });

  /** Where less order is asked for than before, what waited for it goes. */
  const releaseLines = async (
    old: WebhookRow,
    { ordered, onFailedHead }: Pick<WebhookInput, 'ordered' | 'onFailedHead'>,
  ): Promise<void> => {
    if (!old.ordered) return;
    if (!ordered) await store.order.dissolve(old.id);
    else if (old.onFailedHead === 'block' && onFailedHead === 'pass')
      await store.order.releaseBlocked(deps.now());
  };

  const remove = async (id: number): Promise<void> => {
    await find(id);
    await store.webhooks.remove(id);
    await store.deliveries.cancelOfWebhook(id, deps.now());
  };

  return {
    find,
    opened,

    async list(query: z.output<typeof webhookListQuery>): Promise<WebhookList> {
      const search = query.search?.trim().toLowerCase();
      const now = deps.now();
      const rows = (await store.webhooks.all(pool()))
        .filter((row) => !search || `${row.name}\n${row.url}`.toLowerCase().includes(search))
        .filter((row) => !query.event || row.events.includes(query.event))
        .filter((row) => !query.state || gateState(row, now, deps.world()).state === query.state)
        .sort(order(query.sort));
      const from = (query.page - 1) * query.pageSize;
      return {
        results: await views(rows.slice(from, from + query.pageSize)),
        pagination: {
          page: query.page,
          pageSize: query.pageSize,
          pageCount: Math.ceil(rows.length / query.pageSize),
          total: rows.length,
        },
      };
    },

    /** Those that need somebody, then those that the machine leaves alone for a while. Reads the webhooks only. */
    async inTrouble(): Promise<WebhookInTrouble[]> {
      const rows = await store.webhooks.all(pool());
      const stalled = await deps.stalled(rows);
      const views = rows.map((row) => view(row, stalled));
      const missed = await store.deliveries.skippedCounts(
        pool(),
        views.filter(({ active }) => !active).map(({ id }) => id),
      );
      const troubled = views
        .map((webhook) => ({ ...webhook, missed: missed.get(webhook.id) ?? 0 }))
        .filter(isTrouble);
      const needy = (webhook: WebhookInTrouble) => (webhook.needsAttention === null ? 1 : 0);
      return troubled
        .sort((a, b) => needy(a) - needy(b) || a.name.localeCompare(b.name))
        .map(({ id, name, host, state, stateReason, heldUntil, home, slowed, needsAttention, missed }) => ({
          id,
          name,
          host,
          state,
          stateReason,
          heldUntil,
          home,
          slowed,
          needsAttention,
          missed,
        }));
    },

    async get(id: number): Promise<WebhookView> {
      const [found] = await views([await find(id)]);
      if (!found) throw new errors.NotFoundError(`webhook ${id} does not exist`);
      return found;
    },

    /** Throws a ValidationError that names each refused field; nothing is saved then. */
    async create(input: WebhookInput, importedFrom: number | null = null): Promise<WebhookView> {
      await checked(input, null);
      const row: NewWebhook = {
        ...fields(input),
        headers: storedHeaders(input, null),
        secrets: [{ value: box.seal(deps.newSecret()), validUntil: null }],
        importedFrom,
        home: deps.world().here,
        ownerId: ownerOf(deps.actor()),
      };
      const id = await store.webhooks.create(row);
      await deps.changed();
      return this.get(id);
    },

    async update(id: number, input: WebhookInput): Promise<WebhookView> {
      const old = await find(id);
      await checked(input, old);
      const turned =
        input.active === old.active && old.disabledReason === null ? {} : afterSwitch(input.active);
      await store.webhooks.update(id, { ...fields(input), headers: storedHeaders(input, old), ...turned });
      await releaseLines(old, input);
      await deps.changed();
      return this.get(id);
    },

    /** A held webhook goes on at once: breaker, throttle and waiting are forgotten. */
    async resume(id: number): Promise<WebhookView> {
      await find(id);
      await store.webhooks.patchGate(pool(), id, afterResume());
      await deps.changed();
      return this.get(id);
    },

    /** Also cancels what waits for it; the log keeps its name and host. */
    async delete(id: number): Promise<{ id: number }> {
      await remove(id);
      await deps.changed();
      return { id };
    },

    async bulk(
      ids: readonly number[],
      action: 'enable' | 'disable' | 'delete',
    ): Promise<{ changed: number }> {
      const present = (await store.webhooks.all(pool())).filter((row) => ids.includes(row.id));
      for (const { id } of present) {
        if (action === 'delete') await remove(id);
        else await store.webhooks.update(id, afterSwitch(action === 'enable'));
      }
      await deps.changed();
      return { changed: present.length };
    },

    /** For those who may reveal it. */
    async secrets(id: number): Promise<SecretView> {
      const row = await find(id);
      const now = deps.now();
      return {
        secrets: row.secrets
          .filter(({ validUntil }) => validUntil === null || validUntil > now)
          .map(({ value, validUntil }) => {
            const secret = box.open(value);
            if (secret === null) {
              throw new errors.ApplicationError(
                'the secret cannot be decrypted with the present key; rotate it',
              );
            }
            return { secret, validUntil };
          }),
      };
    },

    /** A new secret; the old one keeps signing beside it for `overlapHours`. */
    async rotate(id: number, overlapHours: number): Promise<SecretView> {
      const row = await find(id);
      const validUntil = deps.now() + overlapHours * hourMs;
      const old = row.secrets
        .filter(({ value }) => overlapHours > 0 && box.open(value) !== null)
        .map((secret) => ({ ...secret, validUntil: Math.min(secret.validUntil ?? validUntil, validUntil) }))
        .filter((secret) => secret.validUntil > deps.now())
        .slice(0, maxOldSecrets);
      await store.webhooks.update(id, {
        secrets: [{ value: box.seal(deps.newSecret()), validUntil: null }, ...old],
      });
      await deps.changed();
      return this.secrets(id);
    },

    /** Every secret value this Strapi knows, for masking; and who it belongs to, for verifying. */
    async known() {
      return (await store.webhooks.all(pool())).map((row) => {
        const open = opened(row);
        return {
          webhookId: row.id,
          webhookName: row.name,
          url: row.url,
          host: hostOf(row.url),
          secrets: open?.secrets ?? [],
          secretHeaders: (open?.headers ?? []).filter(({ secret }) => secret).map(({ value }) => value),
        };
      });
    },
  };
}

export type WebhooksService = ReturnType<typeof createWebhooksService>;

/** Its own rate limit and *Pause everything* are what somebody chose, not trouble. */
const isTrouble = ({ needsAttention, state, stateReason }: WebhookInTrouble): boolean =>
  needsAttention !== null ||
  (state === 'held' && stateReason !== 'rate_limit' && stateReason !== 'everything_paused');

const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

const fields = (input: WebhookInput) => ({
  name: input.name,
  url: input.url,
  events: [...new Set(input.events)],
  active: input.active,
  timeoutSeconds: input.timeoutSeconds,
  retryScheduleSeconds: input.retryScheduleSeconds,
  rateLimit: input.rateLimit,
  ordered: input.ordered,
  onFailedHead: input.onFailedHead,
});

const homeView = ({ name, host, environment }: HomeView): HomeView => ({ name, host, environment });

/** Administrators alone own webhooks: they are who can be told. */
const ownerOf = (actor: Actor): number | null =>
  actor.type === 'admin' && actor.id !== null ? Number(actor.id) : null;

function order(sort: z.output<typeof webhookListQuery>['sort']): (a: WebhookRow, b: WebhookRow) => number {
  const [field, direction] = sort.split(':');
  const sign = direction === 'desc' ? -1 : 1;
  return field === 'name' ? (a, b) => sign * a.name.localeCompare(b.name) : (a, b) => sign * (a.id - b.id);
}

function lastDelivery(row: {
  id: number;
  state: string;
  httpStatus: number | null;
  code: string | null;
  dueAt: number;
  finishedAt: number | null;
  createdAt: number;
}): LastDelivery {
  const state = row.state as LastDelivery['state'];
  return {
    id: row.id,
    at: row.finishedAt ?? row.createdAt,
    state,
    httpStatus: row.httpStatus,
    code: row.code as LastDelivery['code'],
    nextAttemptAt: state === 'pending' ? row.dueAt : null,
  };
}
