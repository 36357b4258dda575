import { useNow } from '../../hooks/useNow';
import { useText } from '../../hooks/useText';
import { relativeTime } from '../../wording/relative-time';
import { RelativeTime } from '../RelativeTime';

interface NextTryProps {
  /** Epoch milliseconds. */
  at: number;
  style?: 'long' | 'short';
}

/** "next try in 4 min."; a moment that has come is not told as past, for the try follows at once. */
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
