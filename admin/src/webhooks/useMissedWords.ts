import { useCallback } from 'react';
import { replayCountAtMost } from '../../../contracts';
import { useText } from '../text/useText';

/** "12 events were missed."; counting stops at what can be sent at once. */
export function useMissedWords(): (missed: number) => string {
  const { t } = useText();
  return useCallback(
    (missed) =>
      t('attention.missed', {
        count: Math.min(missed, replayCountAtMost),
        more: missed > replayCountAtMost ? 'yes' : 'no',
      }),
    [t],
  );
}
