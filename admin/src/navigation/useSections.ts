import { useAllowed } from '../api/useAllowed';
import { pluginPath } from '../pluginId';
import { useText } from '../text/useText';

export interface Section {
  path: string;
  label: string;
}

/** The pages that this administrator may see, in the order of the side navigation. */
export function useSections(): Section[] {
  const { t } = useText();
  const allowed = useAllowed();
  const sections = [
    { path: pluginPath, label: t('nav.webhooks'), shown: allowed.read },
    { path: `${pluginPath}/deliveries`, label: t('nav.deliveries'), shown: allowed.deliveriesRead },
    { path: `${pluginPath}/events`, label: t('nav.events'), shown: allowed.eventsRead },
    { path: `${pluginPath}/inbox`, label: t('nav.inbox'), shown: allowed.inboxRead },
    { path: `${pluginPath}/settings`, label: t('nav.settings'), shown: allowed.settingsRead },
  ];
  return sections.filter(({ shown }) => shown);
}
