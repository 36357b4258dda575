import type { DeliveredBy } from '../../../../contracts';
import { useAllowed } from '../../api/useAllowed';
import { useText } from '../../text/useText';
import { SeeQueue } from '../../webhooks/Remedy';
import { Banner } from './Banner';

/** With SQLite: this Strapi serves and captures, another process delivers. */
export function ElsewhereBanner({ by }: { by: DeliveredBy }) {
  const { t } = useText();
  const allowed = useAllowed();
  const { host, pid } = by;
  return (
    <Banner title={t('elsewhere.title')} actions={allowed.settingsRead && <SeeQueue />}>
      {host !== null && pid !== null && `${t('elsewhere.who', { host, pid: String(pid) })} `}
      {t('elsewhere.body')}
    </Banner>
  );
}
