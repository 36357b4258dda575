import { useEffect, useMemo, useState } from 'react';
import { useDebounce } from '@strapi/strapi/admin';
import type { PreviewedRequest, TemplateProblem, WebhookView } from '../../../../../contracts';
import { usePreview } from '../../api';
import { useWebhookForm } from '../useWebhookForm';
import { previewable } from './previewable';
import type { ChosenEvent } from './useEventOfPreview';

const typingPauseMs = 400;
const noProblems: TemplateProblem[] = [];
const noSecrets: readonly string[] = [];

export interface FormPreview {
  /** The last request that could be made; while there is a mistake that of before. */
  request: PreviewedRequest | null;
  bytes: number;
  problems: readonly TemplateProblem[];
  /** What templates can name, with its values in the chosen event. */
  context: unknown;
  /** The request is the one of before the mistake. */
  isOutdated: boolean;
  /** Nothing can be asked: no event, or a URL that is refused. */
  isBlocked: boolean;
  isLoading: boolean;
  /** The shown request is not about what stands in the form now. */
  isStale: boolean;
  error: unknown;
  refetch: () => void;
}

/**
 * The request that the form makes of an event. Nothing is saved or sent.
 *
 * @param secrets names that the template needs, whether they are entered or not; always the same list.
 */
export function usePreviewOfForm(
  webhook: WebhookView | null,
  event: ChosenEvent | null,
  secrets: readonly string[] = noSecrets,
): FormPreview {
  const { values } = useWebhookForm();
  const settled = useDebounce(values, typingPauseMs);
  const input = useMemo(() => previewable(settled, webhook, secrets), [settled, webhook, secrets]);
  const isAsked = input !== null && event !== null;
  const { data, isFetching, error, refetch } = usePreview(
    {
      ...(webhook && { webhookId: webhook.id }),
      // Never asked without one.
      webhook: input ?? { name: '', url: '', events: [] },
      eventType: event?.eventType ?? '',
      eventId: event?.eventId ?? null,
    },
    { skip: !isAsked },
  );

  const [good, setGood] = useState<{ request: PreviewedRequest; bytes: number } | null>(null);
  useEffect(() => {
    if (data?.request) setGood({ request: data.request, bytes: data.bytes });
  }, [data]);
  const current = data?.request ? { request: data.request, bytes: data.bytes } : good;

  return {
    request: current?.request ?? null,
    bytes: current?.bytes ?? 0,
    problems: data?.problems ?? noProblems,
    context: data?.context,
    isOutdated: data !== undefined && data.request === null,
    isBlocked: !isAsked,
    isLoading: isFetching && !data,
    isStale: isFetching || settled !== values,
    error: isFetching ? undefined : error,
    refetch,
  };
}
