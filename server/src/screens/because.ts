import type { AffectedBecause } from '../../../contracts';
import { affectedCause } from '../payload';
import type { EventRow } from '../store/events';

/** The change that an affected entry shows; null of all other events, and once the body is no longer stored. */
export function becauseOf(event: Pick<EventRow, 'cause' | 'body'> | null): AffectedBecause | null {
  if (event?.cause !== affectedCause || event.body === null) return null;
  const { data } = JSON.parse(event.body) as { data: { because?: AffectedBecause[] } };
  return data.because?.[0] ?? null;
}
