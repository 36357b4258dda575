import { LinkButton } from '@strapi/design-system';
import { ClockCounterClockwise } from '@strapi/icons';
import { Link } from 'react-router-dom';
import type { WebhookView } from '../../../../contracts';
import { useAllowed } from '../../hooks/useAllowed';
import { useText } from '../../hooks/useText';
import { webhookPath } from '../../values/paths';

/** Leads to what was skipped while the webhook was off: each can be sent from there. */
export function SendMissed({ webhook }: { webhook: WebhookView }) {
  const { t } = useText();
  const allowed = useAllowed();
  if (webhook.missed === 0 || !allowed.deliveriesRead) return null;
  return (
    <LinkButton
      tag={Link}
      to={`${webhookPath(webhook.id, 'deliveries')}?state=skipped`}
      variant="secondary"
      startIcon={<ClockCounterClockwise aria-hidden />}
    >
      {t('webhook.see_missed', { count: webhook.missed })}
    </LinkButton>
  );
}
