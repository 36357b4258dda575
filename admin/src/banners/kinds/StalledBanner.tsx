import { useAllowed } from '../../api/useAllowed';
import { useText } from '../../text/useText';
import { RelativeTime } from '../../ui/RelativeTime';
import { SeeQueue } from '../../webhooks/Remedy';
import { Banner } from './Banner';

/** A queue that no worker processes. */
export function StalledBanner({ since }: { since: number }) {
  const { t, rich } = useText();
  const allowed = useAllowed();
  return (
    <Banner look="danger" title={t('stalled.title')} actions={allowed.settingsRead && <SeeQueue />}>
      {rich('stalled.body', { since: <RelativeTime key="since" at={since} /> })}
    </Banner>
  );
}
