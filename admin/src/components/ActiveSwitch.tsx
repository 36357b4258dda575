import { Switch } from '@strapi/design-system';
import type { WebhookView } from '../../../contracts';
import { useAllowed } from '../hooks/useAllowed';
import { useRefusal } from '../hooks/useRefusal';
import { useText } from '../hooks/useText';
import { useBulkWebhooks } from '../services/webhooks';
import { useTurnOn } from './replays/useTurnOn';

/** On or off, at once. */
export function ActiveSwitch({ webhook }: { webhook: WebhookView }) {
  const { t } = useText();
  const allowed = useAllowed();
  const showRefusal = useRefusal();
  const [change, { isLoading }] = useBulkWebhooks();

  const turn = async (action: 'enable' | 'disable') => {
    const answer = await change({ ids: [webhook.id], action });
    if ('error' in answer) showRefusal(answer.error);
  };
  const { turnOn, dialog } = useTurnOn(() => turn('enable'));

  return (
    <>
      <Switch
        aria-label={t('list.active_switch', { name: webhook.name })}
        checked={webhook.active}
        disabled={!allowed.update || isLoading}
        onCheckedChange={(active) => (active ? turnOn(webhook) : void turn('disable'))}
      />
      {dialog}
    </>
  );
}
