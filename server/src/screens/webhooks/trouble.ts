import type { LoopView, TakenOverView, WebhookInTrouble, WebhookView } from '../../../../contracts';
import type { GateState } from '../../gate';
import type { Stalled } from '../../instances';
import type { Secrets } from '../../secrets';
import type { WebhookRow } from '../../store/webhooks';

export interface TroubleDeps {
  /** Display name of a content type. */
  typeName(uid: string): string | null;
  secrets: Pick<Secrets, 'open' | 'opened' | 'addressOf' | 'secretsOf'>;
  /** Whether this subscription matches any event type of the catalog. */
  knownSubscription(pattern: string): boolean;
  /** Subscriptions whose events are of another content type than when they were saved. */
  takenOver(row: Pick<WebhookRow, 'events' | 'meanings'>): readonly TakenOverView[];
  /** An event type that matches these subscriptions and uses missing fields. */
  withGoneField(
    patterns: readonly string[],
  ): { type: string; displayName: string; gone?: readonly string[] } | null;
}

/** What of a webhook needs somebody. */
export function createTrouble(deps: TroubleDeps) {
  const { open, opened, addressOf, secretsOf } = deps.secrets;

  /** The part of it that cannot be decrypted; a new secret does not repair a header. */
  const unreadableOf = (row: WebhookRow): WebhookView['needsAttention'] => {
    if (opened(row) !== null) return null;
    if (addressOf(row) === null) return { code: 'address_unreadable', detail: null };
    if (secretsOf(row) === null) return { code: 'secret_unreadable', detail: null };
    const headers = row.headers.filter(({ secret, value }) => secret && open(value) === null);
    const named = row.templateSecrets.filter(({ value }) => open(value) === null);
    const detail = [...headers, ...named].map(({ name }) => name).join(', ');
    return { code: 'header_unreadable', detail };
  };

  /** Of a webhook that was stopped for it: who changed what. */
  const loopOf = ({ disabledReason, loop }: WebhookRow): { loop?: LoopView } => {
    if (disabledReason !== 'loop' || loop === null) return {};
    const { actor, uid } = loop;
    const typeName = (uid === null ? null : deps.typeName(uid)) ?? uid ?? '';
    return {
      loop: { ...loop, typeName, actor: { ...actor, type: actor.type as LoopView['actor']['type'] } },
    };
  };

  /** The most severe first: problems that stop everything, some of it, or might stop it. */
  return (
    row: WebhookRow,
    gate: GateState,
    { webhookIds }: Stalled,
    drifted: WebhookView['needsAttention'],
  ): WebhookView['needsAttention'] => {
    if (gate.state === 'away') return { code: 'away', detail: gate.home.host ?? gate.home.name };
    if (row.disabledReason !== null) return { code: 'disabled', detail: row.disabledReason, ...loopOf(row) };
    const unreadable = unreadableOf(row);
    if (unreadable !== null) return unreadable;
    if (webhookIds.has(row.id)) return { code: 'stalled', detail: null };
    const gone = row.events.filter((pattern) => !deps.knownSubscription(pattern));
    if (gone.length > 0) return { code: 'event_type_gone', detail: gone.join(', ') };
    const takenOver = deps.takenOver(row);
    if (takenOver.length > 0) return { code: 'event_taken_over', detail: wordsOf(takenOver), takenOver };
    if (drifted !== null) return drifted;
    const lacking = deps.withGoneField(row.events);
    if (lacking) {
      const detail = `${lacking.displayName}: ${(lacking.gone ?? []).join(', ')}`;
      return { code: 'field_gone', detail, eventType: lacking.type };
    }
    return row.warnedAt === null ? null : { code: 'failing', detail: null };
  };
}

/** `user.*: User (plugin::users-permissions.user) → User (api::user.user)`. */
const wordsOf = (takenOver: readonly TakenOverView[]): string =>
  takenOver.map(({ pattern, was, is }) => `${pattern}: ${was} → ${is}`).join('; ');

export type Trouble = ReturnType<typeof createTrouble>;

/** Its own rate limit and *Pause everything* are chosen by people, not problems. */
export const isTrouble = ({
  needsAttention,
  state,
  stateReason,
}: Pick<WebhookInTrouble, 'needsAttention' | 'state' | 'stateReason'>): boolean =>
  needsAttention !== null ||
  (state === 'held' && stateReason !== 'rate_limit' && stateReason !== 'everything_paused');
