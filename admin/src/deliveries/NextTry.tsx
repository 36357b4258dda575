import { relativeTime } from '../text/relative-time';
import { useNow } from '../text/useNow';
import { useText } from '../text/useText';
import { RelativeTime } from '../ui/RelativeTime';

interface NextTryProps {
  /** Epoch milliseconds. */
  at: number;
  style?: 'long' | 'short';
}

/**
 * "next attempt in 4 min."; a moment that has passed is not shown as past, because the attempt follows at
 * once.
 */
export function NextTry({ at, style }: NextTryProps) {
  const { t } = useText();
  const distance = relativeTime(at, useNow());
  if (!distance || distance.value <= 0) return <>{t('delivery.next_try_now')}</>;
  return (
    <>
      {t('delivery.next_try')} <RelativeTime at={at} style={style} />
    </>
  );
}
