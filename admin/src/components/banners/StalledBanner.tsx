import { useAllowed } from '../../hooks/useAllowed';
import { useText } from '../../hooks/useText';
import { RelativeTime } from '../RelativeTime';
import { SeeQueue } from '../Remedy';
import { Banner } from './Banner';

/** A queue that no worker empties. */
export function StalledBanner({ since }: { since: number }) {
  const { t, rich } = useText();
  const allowed = useAllowed();
  return (
    <Banner look="danger" title={t('stalled.title')} actions={allowed.settingsRead && <SeeQueue />}>
      {rich('stalled.body', { since: <RelativeTime key="since" at={since} /> })}
    </Banner>
  );
}
