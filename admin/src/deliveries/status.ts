import type { DeliveryStanding, DeliveryState, FailureCode } from '../../../contracts';
import type { TextId } from '../text/useText';

/** What a delivery is doing, as it is told on every screen. */
export const statusKinds = [
  'pending',
  'retrying',
  'held',
  'paused',
  'delivering',
  'blocked',
  'succeeded',
  'failed',
  'skipped',
  'cancelled',
  'collapsed',
] as const;
export type StatusKind = (typeof statusKinds)[number];

export type StateColour = 'primary600' | 'success600' | 'warning600' | 'danger600' | 'neutral600';

export interface Status {
  kind: StatusKind;
  label: TextId;
  /** Of its icon. Amber: it is being taken care of; red: somebody must act. */
  colour: StateColour;
  /** For words: the system's amber is too light to be read on white. */
  textColour: StateColour | 'neutral800';
  /** What its last attempt failed with. */
  failure: { code: FailureCode; httpStatus: number | null } | null;
  /** What the receiver answered where it took it. */
  answered: number | null;
  /** Which attempt failed, of how many; null where no other one follows. */
  attempt: { number: number; total: number } | null;
  /** What is to be said beside it. */
  note: TextId | null;
  /** Epoch milliseconds until which it is held; null also where nobody knows. */
  heldUntil: number | null;
  /** Epoch milliseconds of its next attempt; null where something holds it, or none follows. */
  next: number | null;
}

const colours: Record<StatusKind, StateColour> = {
  pending: 'warning600',
  retrying: 'warning600',
  held: 'warning600',
  paused: 'warning600',
  delivering: 'primary600',
  blocked: 'warning600',
  succeeded: 'success600',
  failed: 'danger600',
  skipped: 'neutral600',
  cancelled: 'neutral600',
  collapsed: 'neutral600',
};

const notes: Partial<Record<StatusKind, TextId>> = {
  delivering: 'delivery.reason.delivering',
  blocked: 'delivery.reason.blocked',
  skipped: 'delivery.reason.skipped',
  collapsed: 'delivery.reason.collapsed',
};

/** What a status is called. */
export const statusName = (kind: StatusKind): TextId => `delivery.state.${kind}`;

/** The status of a delivery: the only place where state, hold and last failure become words and colours. */
export function statusOf(delivery: DeliveryStanding): Status {
  const kind = kindOf(delivery);
  const { code, httpStatus, attempts, maxAttempts, heldUntil, nextAttemptAt } = delivery;
  const isWaiting = delivery.state === 'pending';
  const isHeld = kind === 'held' || kind === 'paused';
  const hasFailed = code !== null && (isWaiting || kind === 'failed');
  const colour = colours[kind];
  return {
    kind,
    label: statusName(kind),
    colour,
    textColour: colour === 'warning600' ? 'neutral800' : colour,
    failure: hasFailed ? { code, httpStatus } : null,
    answered: kind === 'succeeded' ? httpStatus : null,
    attempt: hasFailed && isWaiting && attempts > 0 ? { number: attempts, total: maxAttempts } : null,
    note: isHeld
      ? holdNote(delivery)
      : delivery.keepsOthersWaiting
        ? 'delivery.reason.keeps_others'
        : delivery.state === 'skipped' && delivery.skipReason === 'event_taken_over'
          ? 'delivery.reason.taken_over'
          : (notes[kind] ?? null),
    heldUntil: isHeld ? heldUntil : null,
    next: isWaiting && !isHeld ? nextAttemptAt : null,
  };
}

function kindOf({ state, heldReason, code }: DeliveryStanding): StatusKind {
  if (state !== 'pending') return state;
  if (heldReason === 'everything_paused') return 'paused';
  if (heldReason !== null) return 'held';
  return code === null ? 'pending' : 'retrying';
}

/** Reasons of a webhook that sends nothing until somebody turns it on. */
const offReasons: ReadonlySet<string> = new Set(['paused', 'disabled', 'gone', 'receiver_asked', 'failing']);

/** Null where it is known until when: the time says enough. */
function holdNote({ heldReason, heldUntil }: DeliveryStanding): TextId | null {
  if (heldReason !== null && offReasons.has(heldReason)) return 'delivery.reason.off';
  return heldUntil === null ? 'delivery.reason.held' : null;
}

const ends: readonly DeliveryState[] = ['succeeded', 'failed', 'skipped', 'cancelled', 'collapsed'];

/** Whether a delivery changes no more by itself: then there is nothing to ask for again and again. */
export const isOver = (state: DeliveryState): boolean => ends.includes(state);
