import type { DeliveryRow, DeliveryState } from '../../../contracts';
import type { FailureSentences } from '../hooks/useFailureSentences';
import type { Texts } from '../hooks/useText';
import { statusWords } from './status-words';

/** The second line of a row: what its state says beyond its name. `short` explains the newest failure. */
export function stateReason(
  row: Pick<DeliveryRow, 'state' | 'httpStatus' | 'nextAttemptAt' | 'keepsOthersWaiting'>,
  short: FailureSentences['short'] | null,
  t: Texts['t'],
): string | null {
  switch (row.state) {
    case 'succeeded':
      return row.httpStatus === null ? null : statusWords(row.httpStatus);
    case 'failed': {
      const why = row.httpStatus === null ? short : statusWords(row.httpStatus);
      return row.keepsOthersWaiting
        ? [why, t('delivery.reason.keeps_others')].filter(Boolean).join('; ')
        : why;
    }
    case 'delivering':
      return t('delivery.reason.delivering');
    case 'skipped':
      return t('delivery.reason.skipped');
    case 'blocked':
      return t('delivery.reason.blocked');
    case 'collapsed':
      return t('delivery.reason.collapsed');
    case 'cancelled':
    case 'pending':
      return null;
  }
}

export type StateColour = 'primary600' | 'success600' | 'warning600' | 'danger600' | 'neutral600';

/** Amber: it is being taken care of. Red: someone must act. */
export const stateColours: Record<DeliveryState, StateColour> = {
  pending: 'warning600',
  delivering: 'primary600',
  succeeded: 'success600',
  failed: 'danger600',
  blocked: 'warning600',
  skipped: 'neutral600',
  cancelled: 'neutral600',
  collapsed: 'neutral600',
};

/** For words: the system's amber is too light to be read on white. The icon beside them is amber. */
export const stateTextColours: Record<DeliveryState, StateColour | 'neutral800'> = {
  ...stateColours,
  pending: 'neutral800',
  blocked: 'neutral800',
};
