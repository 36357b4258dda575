import { useEffect, useMemo, useState } from 'react';
import { useDebounce } from '@strapi/strapi/admin';
import type { ConditionTrialResult, EntryReference, WebhookConditions } from '../../../../../../contracts';
import { useTriedConditions } from '../../../api';
import { useWebhookForm } from '../../useWebhookForm';
import { unfilledRows } from '../../../../conditions/groups';

const typingPauseMs = 500;

export interface Trial {
  /** The conditions that the result is about: those of the form when all its rows were filled in last. */
  conditions: WebhookConditions | null;
  /** What was known before stays until the next answer is there. */
  result: ConditionTrialResult | undefined;
  /** A row is not filled in, and nothing was known before. */
  isWaiting: boolean;
  isLoading: boolean;
  /** The shown result is not about what stands in the form now. */
  isStale: boolean;
  error: unknown;
  refetch: () => void;
}

/** What the conditions of the form come to: for the newest events, or for one entry as if it had just been changed. */
export function useTrial(entry: EntryReference | null): Trial {
  const { values } = useWebhookForm();
  const given = useMemo(
    () => ({ events: values.events, conditions: values.conditions }),
    [values.events, values.conditions],
  );
  const settled = useDebounce(given, typingPauseMs);
  const isFilled = unfilledRows(settled.conditions).length === 0;
  const [asked, setAsked] = useState(isFilled ? settled : null);
  useEffect(() => {
    if (isFilled) setAsked(settled);
  }, [isFilled, settled]);

  const isAsked = asked !== null && asked.conditions !== null && asked.events.length > 0;
  const { data, isFetching, error, refetch } = useTriedConditions(
    { events: asked?.events ?? [], conditions: asked?.conditions ?? null, entry },
    { skip: !isAsked },
  );
  // What is known of events is no answer about an entry, and the other way round.
  const isAbout = data?.tried.some(({ eventId }) => eventId !== null) ? 'events' : 'entry';
  const isMeant = !data || data.tried.length === 0 || (entry === null) === (isAbout === 'events');
  return {
    conditions: asked?.conditions ?? null,
    result: isAsked && isMeant ? data : undefined,
    isWaiting: !isAsked,
    isLoading: isFetching && (!data || !isMeant),
    isStale: isFetching || asked?.conditions !== values.conditions,
    error: isFetching ? undefined : error,
    refetch,
  };
}
