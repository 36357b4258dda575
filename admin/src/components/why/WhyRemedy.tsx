import { LinkButton, Typography } from '@strapi/design-system';
import { ArrowRight } from '@strapi/icons';
import { Link } from 'react-router-dom';
import type { EventTypeView, WebhookView, WhyCheck } from '../../../../contracts';
import { useAllowed } from '../../hooks/useAllowed';
import { useText, type TextId } from '../../hooks/useText';
import { pluginPath } from '../../pluginId';
import { webhookPath } from '../../values/webhook-path';
import { attentionOf, holdOf } from '../../wording/attention';
import { remedyOf } from '../../wording/why-words';
import { Remedy, SeeQueue, TurnOn } from '../Remedy';
import { ResumeButton } from '../ResumeButton';

interface WhyRemedyProps {
  check: WhyCheck;
  webhook: WebhookView;
  event: EventTypeView;
  /** The delivery of the newest event, where there is one. */
  deliveryId: number | null;
}

/** The one thing to do about what stands in the way: a button where it is done at once, else where it is done. */
export function WhyRemedy({ check, webhook, event, deliveryId }: WhyRemedyProps) {
  const allowed = useAllowed();
  switch (remedyOf(check)) {
    case 'settings':
      return <Way to={webhookPath(webhook.id, 'settings')} text="why.remedy.settings" />;
    case 'webhook':
      return <OfWebhook check={check} webhook={webhook} />;
    case 'resume_everything':
      return allowed.settingsUpdate ? <ResumeButton /> : <Way to={settingsPath} text="why.remedy.pause" />;
    case 'event':
      if (!allowed.eventsRead) return null;
      return <Way to={eventPath(event.type)} text="why.remedy.event" />;
    case 'queue':
      return allowed.settingsRead ? <SeeQueue /> : null;
    case 'delivery':
      return deliveryId === null ? null : <Way to={deliveryPath(deliveryId)} text="why.remedy.delivery" />;
    case 'capture':
      return <Advice text="why.remedy.capture" />;
    case 'error':
      return <Advice text="why.remedy.error" />;
    case 'again':
      return <Advice text="why.remedy.again" />;
  }
}

const settingsPath = `${pluginPath}/settings`;
const deliveryPath = (id: number) => `${pluginPath}/deliveries?delivery=${id}`;
const eventPath = (type: string) => {
  const event = encodeURIComponent(type);
  return `${pluginPath}/events?search=${event}&event=${event}`;
};

function OfWebhook({ check, webhook }: Pick<WhyRemedyProps, 'check' | 'webhook'>) {
  const allowed = useAllowed();
  if (check.name === 'active' && allowed.update) return <TurnOn webhook={webhook} />;
  const hasButton = attentionOf(webhook) !== null || holdOf(webhook)?.canResume;
  if (check.name !== 'active' && allowed.update && hasButton) return <Remedy webhook={webhook} />;
  return <Way to={webhookPath(webhook.id)} text="why.remedy.page" />;
}

function Way({ to, text }: { to: string; text: TextId }) {
  const { t } = useText();
  return (
    <LinkButton tag={Link} to={to} variant="tertiary" startIcon={<ArrowRight aria-hidden />}>
      {t(text)}
    </LinkButton>
  );
}

function Advice({ text }: { text: TextId }) {
  const { t } = useText();
  return <Typography tag="p">{t(text)}</Typography>;
}
