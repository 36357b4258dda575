import { useNavigate } from 'react-router-dom';
import { Button } from '@strapi/design-system';
import { Check, Trash } from '@strapi/icons';
import type { WebhookInTrouble } from '../../../contracts';
import { useOutcome } from '../api/useOutcome';
import { webhookPath } from '../navigation/paths';
import { useText } from '../text/useText';
import { useReadWebhook, useUpdateWebhook } from './api';

interface TakenOverProps {
  webhook: WebhookInTrouble;
  /** The events of the new content type are taken; otherwise the subscription is removed. */
  isTaken: boolean;
}

/** Decides about subscriptions whose events are of another content type by now. The last one is not removed unseen. */
export function TakenOver({ webhook, isTaken }: TakenOverProps) {
  const { t } = useText();
  const navigate = useNavigate();
  const tell = useOutcome();
  const [read, { isFetching }] = useReadWebhook();
  const [update, { isLoading }] = useUpdateWebhook();

  const decide = async () => {
    const { data: stored, error } = await read(webhook.id);
    if (!stored) {
      tell({ error });
      return;
    }
    const taken = stored.needsAttention?.takenOver?.map(({ pattern }) => pattern) ?? [];
    const kept = stored.events.filter((pattern) => !taken.includes(pattern));
    if (!isTaken && kept.length === 0) {
      navigate(webhookPath(webhook.id, 'settings'));
      return;
    }
    // The very same events again confirm what they mean now.
    const change = { version: stored.version, events: isTaken ? stored.events : kept };
    tell(await update({ id: webhook.id, change }), t(isTaken ? 'attention.taken' : 'attention.removed'));
  };
  return (
    <Button
      variant="tertiary"
      startIcon={isTaken ? <Check aria-hidden /> : <Trash aria-hidden />}
      loading={isFetching || isLoading}
      onClick={() => void decide()}
    >
      {t(isTaken ? 'attention.take_new_event' : 'attention.remove_event')}
    </Button>
  );
}
