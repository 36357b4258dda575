import { Typography } from '@strapi/design-system';
import { ArrowRight } from '@strapi/icons';
import type { EventTypeView, WebhookView, WhyCheck } from '../../../../contracts';
import { useAllowed } from '../../hooks/useAllowed';
import { useText, type TextId } from '../../hooks/useText';
import { pluginPath } from '../../pluginId';
import { deliveryPath, eventPath, webhookPath } from '../../values/paths';
import { attentionOf, holdOf } from '../../wording/attention';
import { remedyOf } from '../../wording/why-words';
import { Remedy, SeeQueue, TurnOn, Way } from '../Remedy';
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
      return <There to={webhookPath(webhook.id, 'settings')} text="why.remedy.settings" />;
    case 'webhook':
      return <OfWebhook check={check} webhook={webhook} />;
    case 'resume_everything':
      return allowed.settingsUpdate ? <ResumeButton /> : <There to={settingsPath} text="why.remedy.pause" />;
    case 'event':
      if (!allowed.eventsRead) return null;
      return <There to={eventPath(event.type)} text="why.remedy.event" />;
    case 'queue':
      return allowed.settingsRead ? <SeeQueue /> : null;
    case 'delivery':
      return deliveryId === null ? null : <There to={deliveryPath(deliveryId)} text="why.remedy.delivery" />;
    case 'capture':
      return <Advice text="why.remedy.capture" />;
    case 'error':
      return <Advice text="why.remedy.error" />;
    case 'again':
      return <Advice text="why.remedy.again" />;
  }
}

const settingsPath = `${pluginPath}/settings`;

function OfWebhook({ check, webhook }: Pick<WhyRemedyProps, 'check' | 'webhook'>) {
  const allowed = useAllowed();
  if (check.name === 'active' && allowed.update) return <TurnOn webhook={webhook} />;
  const hasButton = attentionOf(webhook) !== null || holdOf(webhook)?.canResume;
  if (check.name !== 'active' && allowed.update && hasButton) return <Remedy webhook={webhook} />;
  return <There to={webhookPath(webhook.id)} text="why.remedy.page" />;
}

function There({ to, text }: { to: string; text: TextId }) {
  const { t } = useText();
  return (
    <Way to={to} icon={<ArrowRight aria-hidden />}>
      {t(text)}
    </Way>
  );
}

function Advice({ text }: { text: TextId }) {
  const { t } = useText();
  return <Typography tag="p">{t(text)}</Typography>;
}
