import type { EventTypeView } from '../../../contracts';

/** The verbs for events; each has a text `sentence.verb.<name>`. */
export const verbs = [
  'created',
  'updated',
  'deleted',
  'published',
  'unpublished',
  'draft_discarded',
  'received',
  'failed',
  'expired',
  'sent',
  'started',
  'completed',
  'affected',
] as const;
export type Verb = (typeof verbs)[number];

/** One part of "When … or …": the subject, and what happens. */
export type EventClause =
  | { kind: 'everything' }
  | { kind: 'any_verb'; verb: Verb }
  | { kind: 'any_change'; subject: string }
  | { kind: 'verb'; subject: string; verb: Verb }
  | { kind: 'named'; name: string };

const asVerb = (word: string): Verb | null => verbs.find((verb) => verb === word) ?? null;

/** `renewal_payment` → `Renewal payment`. */
const humanise = (segment: string): string => {
  const words = segment.replace(/[_.]+/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** A subscription (`payment.received`, `article.*`, `*`) in the summary above the save button. */
export function eventClause(subscription: string, catalog: readonly EventTypeView[]): EventClause {
  if (subscription === '*') return { kind: 'everything' };
  if (subscription.startsWith('*.')) {
    const verb = asVerb(subscription.slice(2));
    return verb ? { kind: 'any_verb', verb } : { kind: 'named', name: subscription };
  }
  if (subscription.endsWith('.*')) {
    return { kind: 'any_change', subject: subjectOf(subscription.slice(0, -2), catalog) };
  }
  const known = catalog.find(({ type }) => type === subscription);
  const lastDot = subscription.lastIndexOf('.');
  const verb = asVerb(subscription.slice(lastDot + 1));
  if (!verb) return { kind: 'named', name: known?.displayName ?? subscription };
  return { kind: 'verb', subject: subjectOf(subscription.slice(0, lastDot), catalog), verb };
}

function subjectOf(stem: string, catalog: readonly EventTypeView[]): string {
  const content = catalog.find(({ type, source }) => source === 'content' && type.startsWith(`${stem}.`));
  return content?.contentTypeName ?? humanise(stem);
}
