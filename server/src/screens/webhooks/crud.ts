import { isDeepStrictEqual } from 'node:util';
import { shownAddress, webhookInput } from '../../../../contracts';
import type {
  Actor,
  UrlCheck,
  WebhookChange,
  WebhookFormValues,
  WebhookInput,
  WebhookView,
} from '../../../../contracts';
import { afterResume, afterSwitch } from '../../gate';
import type { World } from '../../gate';
import type { Secrets } from '../../secrets';
import type { Store } from '../../store';
import { eachInTurn } from '../../store/others-turn';
import type { NewWebhook, StoredHeader, StoredTemplateSecret, WebhookRow } from '../../store/webhooks';
import { conflictOf, versionAfter } from '../../stale';
import type { Problem } from '../../validate';
import { invalid, problem, validate } from '../../validate';
import { contentProblems, templateStays } from './content-problems';
import type { ContentChecks } from './content-problems';
import { fields } from './fields';
import {
  headerProblems,
  keptHeader,
  keptTemplateSecret,
  meantAddress,
  templateSecretProblems,
} from './kept-secrets';
import type { MeantAddress } from './kept-secrets';
import { appRights, changedFields, wholeInput } from './whole-input';
import type { SavingRights, StoredAddress } from './whole-input';
import type { TemplateForm } from '../template-form';
import type { WebhookViews } from './view';

export interface WebhookCrudDeps extends ContentChecks {
  store: Store;
  box: Pick<Secrets, 'seal' | 'addressOf'>;
  newSecret(): string;
  now(): number;
  /** Whether this subscription matches any event type of the catalog. */
  knownSubscription(pattern: string): boolean;
  /** What these subscriptions mean; of those that have a meaning already, that one. */
  meanings(events: readonly string[], before: WebhookRow['meanings']): NonNullable<WebhookRow['meanings']>;
  /** Names in the template of a form that no sample has; null of other formats. */
  unknownNames(input: TemplateForm): string[] | null;
  /** The rule that refuses this URL, if any. */
  checkUrl(url: string): Promise<UrlCheck>;
  world(): World;
  views: Pick<WebhookViews, 'find' | 'get'>;
  /** The caller, as the owner of a new webhook. */
  actor(): Actor;
  /** After any change: interest is reloaded, the dispatcher is woken. */
  changed(): Promise<void>;
}

/** Webhooks are made, changed and deleted. */
export function createWebhookCrud(deps: WebhookCrudDeps) {
  const { store, box } = deps;
  const { addressOf } = box;
  const { find, get } = deps.views;
  const pool = () => store.database.pool();

  /**
   * Refuses problems that the contract's schema cannot detect: unknown event types, refused addresses, a kept
   * value that does not exist or must not be sent to the URL. Returns the stored form of the URL.
   */
  const checked = async (
    input: WebhookInput,
    old: WebhookRow | null,
    rights: SavingRights,
  ): Promise<StoredAddress> => {
    const address = meantAddress(input, old);
    const problems = input.events.flatMap((pattern, index) =>
      // A removed type can stay, so that the rest of the form can still be saved.
      deps.knownSubscription(pattern) || old?.events.includes(pattern)
        ? []
        : [problem(['events', String(index)], `${pattern} is not an event type of this Strapi`)],
    );
    problems.push(
      ...address.problems,
      ...(await addressProblems(input, old, address, rights)),
      ...headerProblems(input, old),
      ...templateSecretProblems(input, old),
      ...(await contentProblems(deps, input, old)),
    );
    if (problems.length > 0) throw invalid(problems);
    return storedAddress(input, old, address);
  };

  const addressProblems = async (
    input: WebhookInput,
    old: WebhookRow | null,
    { kept, secret }: MeantAddress,
    rights: SavingRights,
  ): Promise<Problem[]> => {
    if (kept && old) {
      if (secret) return [];
      // Otherwise the switch could be used to read it.
      if (!rights.revealSecret) return [problem(['urlSecret'], mayNotReveal)];
      return addressOf(old) === null ? [problem(['url'], unreadableAddress)] : [];
    }
    const url = await deps.checkUrl(input.url);
    if (!url.ok && url.rule !== 'name') return [problem(['url'], url.reason ?? 'is refused')];
    return secret && url.inbox ? [problem(['urlSecret'], inboxIsShown)] : [];
  };

  const storedAddress = (
    { url }: WebhookInput,
    old: WebhookRow | null,
    { kept, secret }: MeantAddress,
  ): StoredAddress => {
    if (kept && old && secret) return { url: old.url, urlSealed: old.urlSealed };
    const address = (kept && old && addressOf(old)) || url;
    return secret
      ? { url: shownAddress(address), urlSealed: box.seal(address) }
      : { url: address, urlSealed: null };
  };

  const storedHeaders = (input: WebhookInput, old: WebhookRow | null): StoredHeader[] =>
    input.headers.map(({ name, value, secret }) => {
      if (value === null) {
        return { name, value: keptHeader(input, { name, secret }, old)?.value ?? '', secret };
      }
      return { name, value: secret ? box.seal(value) : value, secret };
    });

  const storedTemplateSecrets = (input: WebhookInput, old: WebhookRow | null): StoredTemplateSecret[] =>
    input.templateSecrets.map(({ name, value }) => ({
      name,
      value: value === null ? (keptTemplateSecret(input, name, old)?.value ?? '') : box.seal(value),
    }));

  /** If less order is required than before, blocked deliveries are released. */
  const releaseLines = async (
    old: WebhookRow,
    { ordered, onFailedHead }: Pick<WebhookInput, 'ordered' | 'onFailedHead'>,
  ): Promise<void> => {
    if (!old.ordered) return;
    if (!ordered) await store.order.dissolve(old.id);
    else if (old.onFailedHead === 'block' && onFailedHead === 'pass')
      await store.order.releaseBlocked(deps.now());
  };

  /** @returns false where somebody has saved since `old` was read. */
  const save = (
    old: WebhookRow,
    changed: readonly string[],
    data: Parameters<Store['webhooks']['update']>[1],
  ): Promise<boolean> =>
    store.webhooks.save(old.id, old.revision, {
      ...data,
      ...versionAfter(old, { by: deps.actor().name, at: deps.now(), fields: [...changed] }),
    });

  /** On or off, whatever else is saved at the same time. One that is deleted meanwhile is left alone. */
  const turn = async (old: WebhookRow, on: boolean): Promise<void> => {
    if (await save(old, old.active === on ? [] : ['active'], afterSwitch(on))) return;
    const row = await store.webhooks.find(pool(), old.id);
    if (row) await turn(row, on);
  };

  const remove = async (id: number): Promise<void> => {
    await store.webhooks.remove(id);
    await store.deliveries.cancelOfWebhook(id, deps.now());
  };

  return {
    get,

    /** Throws like `create`; nothing is saved. */
    async check(input: WebhookInput): Promise<void> {
      await checked(input, null, appRights);
    },

    /** Throws a ValidationError that names each refused field; nothing is saved then. */
    async create(given: WebhookFormValues, importedFrom: number | null = null): Promise<WebhookView> {
      // An app's own code leaves out what has a default.
      const input = validate(webhookInput, given);
      const address = await checked(input, null, appRights);
      const row: NewWebhook = {
        ...fields(input),
        ...address,
        meanings: deps.meanings(input.events, null),
        unknownNames: deps.unknownNames(input),
        active: input.active,
        headers: storedHeaders(input, null),
        templateSecrets: storedTemplateSecrets(input, null),
        secrets: [{ value: box.seal(deps.newSecret()), validUntil: null }],
        importedFrom,
        home: deps.world().here,
        ownerId: ownerOf(deps.actor()),
      };
      const id = await store.webhooks.create(row);
      await deps.changed();
      return this.get(id);
    },

    /**
     * Changes what is named, and nothing else. Throws as `create` does, and a 409 where `version` is given and is not the
     * row's. Taking the mark of a secret off an address that is kept needs the right to reveal it.
     */
    async update(
      id: number,
      { version, ...change }: WebhookChange,
      rights: SavingRights = appRights,
    ): Promise<WebhookView> {
      const old = await find(id);
      if (version !== undefined && version !== old.revision) throw conflictOf(old, version);
      const known = rights.read ? old : null;
      const input = wholeInput(change, old, rights);
      const address = await checked(input, known, rights);
      const isSaved = await save(old, changedFields(change, old, address), {
        ...fields(input),
        ...address,
        meanings: deps.meanings(input.events, confirms(change, old) ? null : old.meanings),
        unknownNames: templateStays(input, old) ? old.unknownNames : deps.unknownNames(input),
        headers: storedHeaders(input, known),
        templateSecrets: storedTemplateSecrets(input, known),
        ...turned(change.active, old),
      });
      // Somebody else has saved meanwhile: what was not asked for is theirs.
      if (!isSaved) return this.update(id, { version, ...change }, rights);
      // The URL was shown in plain text until now, so it is in the log.
      if (address.urlSealed !== null && old.urlSealed === null) {
        await store.toldAddresses.hide(id, shownAddress);
      }
      await releaseLines(old, input);
      await deps.changed();
      return this.get(id);
    },

    /** Ends the hold of a webhook: breaker, throttle and waiting are reset. */
    async resume(id: number): Promise<WebhookView> {
      await find(id);
      await store.webhooks.patchGate(pool(), id, afterResume());
      await deps.changed();
      return this.get(id);
    },

    /** Also cancels its waiting deliveries; the log keeps its name and host. */
    async delete(id: number): Promise<{ id: number }> {
      await find(id);
      await remove(id);
      await deps.changed();
      return { id };
    },

    async bulk(
      ids: readonly number[],
      action: 'enable' | 'disable' | 'delete',
    ): Promise<{ changed: number }> {
      const present = (await store.webhooks.all(pool())).filter((row) => ids.includes(row.id));
      await eachInTurn(present, (row) =>
        action === 'delete' ? remove(row.id) : turn(row, action === 'enable'),
      );
      await deps.changed();
      return { changed: present.length };
    },
  };
}

const mayNotReveal = 'needs the permission to reveal secrets, or the full URL entered again';
const unreadableAddress = 'cannot be decrypted; enter it again';
const inboxIsShown = 'an inbox of this Strapi is shown on the Inbox screen, so its URL is not secret';

/** Whoever names the very same events again takes them for what they mean now; other changes decide nothing about it. */
const confirms = ({ events }: Pick<WebhookChange, 'events'>, old: WebhookRow): boolean =>
  events !== undefined && isDeepStrictEqual(events, old.events);

/** Only administrators own webhooks: they can get alerts. */
const ownerOf = (actor: Actor): number | null =>
  actor.type === 'admin' && actor.id !== null ? Number(actor.id) : null;

/** What the switch of a form does to the gate: what was not named, or is so already, nothing. */
const turned = (active: boolean | undefined, old: WebhookRow) =>
  active === undefined || (active === old.active && old.disabledReason === null) ? {} : afterSwitch(active);
