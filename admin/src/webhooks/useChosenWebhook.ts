import { useState } from 'react';
import type { WebhookView } from '../../../contracts';
import { useWebhook, useWebhooks } from './api';

interface ChosenWebhookInput {
  /** Chosen already where the question is asked. */
  given?: WebhookView;
  /** The id of the one to begin with. */
  begin?: number;
  /** A content type: one that is sent its events is chosen at first. */
  first?: string;
}

export interface ChosenWebhook {
  /** Undefined while it is loaded, and where there is no webhook at all. */
  webhook: WebhookView | undefined;
  choose: (webhook: WebhookView) => void;
  isLoading: boolean;
  /** Why none could be had, which is not that there is none. */
  error: unknown;
  refetch: () => void;
}

/** The webhook that a dialog is about, as it is now: one that is given, or the best to begin with until one is chosen. */
export function useChosenWebhook({ given, begin, first }: ChosenWebhookInput): ChosenWebhook {
  const [chosen, choose] = useState(given);
  const id = chosen?.id ?? begin;
  const one = useWebhook(id ?? 0, { skip: id === undefined });
  const needsList = id === undefined || (chosen === undefined && one.isError);
  const list = useWebhooks({ pageSize: 1, ...(first && { first }) }, { skip: !needsList });
  return {
    webhook: one.currentData ?? chosen ?? (needsList ? list.data?.results[0] : undefined),
    choose,
    error: needsList ? list.error : undefined,
    refetch: () => void list.refetch(),
    isLoading: list.isLoading || (chosen === undefined && one.isLoading),
  };
}
