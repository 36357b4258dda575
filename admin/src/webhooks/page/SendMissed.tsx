import { LinkButton } from '@strapi/design-system';
import { ClockCounterClockwise } from '@strapi/icons';
import { Link } from 'react-router-dom';
import type { WebhookView } from '../../../../contracts';
import { useAllowed } from '../../api/useAllowed';
import { webhookPath } from '../../navigation/paths';
import { useText } from '../../text/useText';

/** A link to the skipped deliveries: each can be resent from there. */
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
