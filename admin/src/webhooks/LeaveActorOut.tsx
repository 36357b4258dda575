import { useNavigate } from 'react-router-dom';
import { Button } from '@strapi/design-system';
import { Cross } from '@strapi/icons';
import { withoutActor, type WebhookInTrouble } from '../../../contracts';
import { useOutcome } from '../api/useOutcome';
import { formPath } from '../navigation/paths';
import { useText } from '../text/useText';
import { useReadWebhook, useUpdateWebhook } from './api';
import { useActorWords } from './useActorWords';

/**
 * Ends a loop: changes by whoever keeps it going are left out, and the webhook is turned on again. Where its conditions
 * cannot take one more, leads to them.
 */
export function LeaveActorOut({ webhook }: { webhook: WebhookInTrouble }) {
  const { t } = useText();
  const navigate = useNavigate();
  const actorWords = useActorWords();
  const tell = useOutcome();
  const [read, { isFetching }] = useReadWebhook();
  const [update, { isLoading }] = useUpdateWebhook();
  const actor = webhook.needsAttention?.loop?.actor;
  if (!actor) return null;

  const leaveOut = async () => {
    const stored = await read(webhook.id);
    if (!stored.data) {
      tell({ error: stored.error });
      return;
    }
    const conditions = withoutActor(stored.data.conditions, actor);
    if (conditions === null) {
      navigate(formPath(webhook.id, 'conditions'));
      return;
    }
    const change = { version: stored.data.version, conditions, active: true };
    tell(await update({ id: webhook.id, change }), t('attention.actor_left_out', { name: webhook.name }));
  };
  return (
    <Button
      variant="tertiary"
      startIcon={<Cross aria-hidden />}
      loading={isFetching || isLoading}
      onClick={() => void leaveOut()}
    >
      {t('attention.leave_actor_out', { actor: actorWords(actor) })}
    </Button>
  );
}
