import { useCallback } from 'react';
import type { DeliveryStanding } from '../../../contracts';
import { useFailureSentences } from '../failures/useFailureSentences';
import { statusWords } from '../http/status-words';
import { useMoment } from '../text/useMoment';
import { useText } from '../text/useText';
import { statusOf, type Status } from './status';

export interface ToldStatus extends Status {
  name: string;
  /** "403 Forbidden, 2 of 10; until 29 Nov, 14:32", or null. Its next attempt is told by itself, for that moves. */
  reason: string | null;
}

/** A delivery, as far as its status is told from it. */
export type ToldDelivery = DeliveryStanding & { host: string; durationMs?: number | null };

/** The status of a delivery in words, the same on every screen. */
export function useStatusText(): (delivery: ToldDelivery) => ToldStatus {
  const { t } = useText();
  const moment = useMoment();
  const sentencesOf = useFailureSentences();
  return useCallback(
    (delivery) => {
      const status = statusOf(delivery);
      const { failure, answered, attempt, note, heldUntil } = status;
      const why =
        failure &&
        (failure.httpStatus === null
          ? sentencesOf({
              ...{ code: failure.code, status: null },
              ...{ host: delivery.host, durationMs: delivery.durationMs ?? null },
            }).short
          : statusWords(failure.httpStatus));
      const parts = [
        answered !== null && statusWords(answered),
        why && attempt
          ? t('delivery.reason.attempt', { why, number: attempt.number, total: attempt.total })
          : why,
        note && t(note),
        heldUntil !== null && t('delivery.reason.held_until', { time: moment(heldUntil) }),
      ].filter((part): part is string => typeof part === 'string' && part !== '');
      return { ...status, name: t(status.label), reason: parts.length > 0 ? parts.join('; ') : null };
    },
    [t, moment, sentencesOf],
  );
}
