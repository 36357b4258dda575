import type { WebhookView } from '../../../../contracts';
import { useAllowed } from '../../api/useAllowed';
import { useOutcome } from '../../api/useOutcome';
import { useText } from '../../text/useText';
import { CalmSwitch } from '../../ui/CalmSwitch';
import { useBulkWebhooks } from '../api';
import { useTurnOn } from './useTurnOn';

/** Turns a webhook on or off, effective immediately. */
export function ActiveSwitch({ webhook }: { webhook: WebhookView }) {
  const { t } = useText();
  const allowed = useAllowed();
  const tell = useOutcome();
  const [change, { isLoading }] = useBulkWebhooks();

  const turn = async (action: 'enable' | 'disable') => tell(await change({ ids: [webhook.id], action }));
  const { turnOn, dialog } = useTurnOn(() => turn('enable'));

  return (
    <>
      <CalmSwitch
        aria-label={t('list.active_switch', { name: webhook.name })}
        checked={webhook.active}
        disabled={!allowed.update || isLoading}
        onCheckedChange={(active) => (active ? turnOn(webhook) : void turn('disable'))}
      />
      {dialog}
    </>
  );
}
