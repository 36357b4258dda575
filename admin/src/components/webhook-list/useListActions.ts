import { useNotification } from '@strapi/strapi/admin';
import type { WebhookView } from '../../../../contracts';
import { useRefusal } from '../../hooks/useRefusal';
import { useText } from '../../hooks/useText';
import { useBulkWebhooks } from '../../services/webhooks';

/** Turns webhooks on or off, or deletes them, and says how it went. */
export function useListActions() {
  const { t } = useText();
  const { toggleNotification } = useNotification();
  const showRefusal = useRefusal();
  const [bulk, { isLoading }] = useBulkWebhooks();

  const change = async (
    webhooks: readonly Pick<WebhookView, 'id' | 'name'>[],
    action: 'enable' | 'disable' | 'delete',
  ): Promise<boolean> => {
    const answer = await bulk({ ids: webhooks.map(({ id }) => id), action });
    if ('error' in answer) {
      showRefusal(answer.error);
      return false;
    }
    const message = t(`list.done.${action}`, { count: webhooks.length, name: webhooks[0]?.name });
    toggleNotification({ type: 'success', message });
    return true;
  };
  return { change, isBusy: isLoading };
}
