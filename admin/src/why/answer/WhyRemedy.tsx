import { Flex, Typography } from '@strapi/design-system';
import { ArrowRight } from '@strapi/icons';
import type { EventTypeView, WebhookView, WhyCheck } from '../../../../contracts';
import { ResumeButton } from '../../settings/ResumeButton';
import { useAllowed } from '../../api/useAllowed';
import { deliveryPath, eventPath, formPath, settingsPath, webhookPath } from '../../navigation/paths';
import { useText, type TextId } from '../../text/useText';
import { mayPress, Remedies, SeeQueue, Way } from '../../webhooks/Remedy';
import { MatchAgain } from './MatchAgain';
import { remedyOf, troubleBehind } from './why-words';

interface WhyRemedyProps {
  check: WhyCheck;
  webhook: WebhookView;
  event: EventTypeView;
  /** The delivery of the newest event, where there is one. */
  deliveryId: number | null;
  /** The newest event, where there is one. */
  eventId: number | null;
}

/** The one thing to do about what stands in the way: a button where it is done at once, else where it is done. */
export function WhyRemedy({ check, webhook, event, deliveryId, eventId }: WhyRemedyProps) {
  const allowed = useAllowed();
  switch (remedyOf(check)) {
    case 'settings':
      return <There to={webhookPath(webhook.id, 'settings')} text="why.remedy.settings" />;
    case 'conditions':
      return <There to={formPath(webhook.id, 'conditions')} text="why.remedy.conditions" />;
    case 'webhook':
      return <OfWebhook check={check} webhook={webhook} />;
    case 'resume_everything':
      if (allowed.settingsUpdate) return <ResumeButton />;
      return allowed.settingsRead ? <There to={settingsPath} text="why.remedy.pause" /> : null;
    case 'event':
      if (!allowed.eventsRead) return null;
      return <There to={eventPath(event.type)} text="why.remedy.event" />;
    case 'queue':
      return allowed.settingsRead ? <SeeQueue /> : null;
    case 'delivery':
      return deliveryId === null ? null : <There to={deliveryPath(deliveryId)} text="why.remedy.delivery" />;
    case 'capture':
      return <Advice text="why.remedy.capture" />;
    case 'match_again':
      return <MatchAgain eventId={eventId} />;
    case 'publish':
      return <Advice text="why.remedy.publish" />;
    case 'again':
      return <Advice text="why.remedy.again" />;
  }
}

function OfWebhook({ check, webhook }: Pick<WhyRemedyProps, 'check' | 'webhook'>) {
  const allowed = useAllowed();
  const trouble = troubleBehind(check.name, webhook);
  if (trouble?.remedies.some((remedy) => mayPress(remedy, allowed))) {
    return (
      <Flex gap={2} wrap="wrap">
        <Remedies trouble={trouble} webhook={webhook} />
      </Flex>
    );
  }
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
