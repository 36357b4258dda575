import type { WebhookView } from '../../../../contracts';
import { useOutcome } from '../../api/useOutcome';
import { useText } from '../../text/useText';
import { useBulkWebhooks } from '../api';

/** Turns webhooks on or off, or deletes them, and shows the result. */
export function useListActions() {
  const { t } = useText();
  const tell = useOutcome();
  const [bulk, { isLoading }] = useBulkWebhooks();

  const change = async (
    webhooks: readonly Pick<WebhookView, 'id' | 'name'>[],
    action: 'enable' | 'disable' | 'delete',
  ): Promise<boolean> => {
    const answer = await bulk({ ids: webhooks.map(({ id }) => id), action });
    return tell(answer, t(`list.done.${action}`, { count: webhooks.length, name: webhooks[0]?.name }));
  };
  return { change, isBusy: isLoading };
}
