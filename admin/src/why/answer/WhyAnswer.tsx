import { Flex, Typography } from '@strapi/design-system';
import type { DeliveryStanding, EventTypeView, WebhookView, WhyCheck, WhyView } from '../../../../contracts';
import { useStatusText } from '../../deliveries/useStatusText';
import { deliveryPath } from '../../navigation/paths';
import { useText } from '../../text/useText';
import { InlineLink } from '../../ui/InlineLink';
import { Mono } from '../../ui/Mono';
import { TintedBox } from '../../ui/TintedBox';
import { homeWords } from '../../webhooks/reasons';
import { UnmetConditions } from '../../webhooks/UnmetConditions';
import { findingOf, reasonOf, sentenceOf, verdictOf, type WhyVerdict } from './why-words';
import { WhyEvents } from './WhyEvents';
import { WhyOthers } from './WhyOthers';
import { WhyRemedy } from './WhyRemedy';
import { WhySteps } from './WhySteps';

interface WhyAnswerProps {
  view: WhyView;
  webhook: WebhookView;
  event: EventTypeView;
}

/** The answer first, then the way of the event step by step, then the newest of its kind. */
export function WhyAnswer({ view, webhook, event }: WhyAnswerProps) {
  const { t } = useText();
  return (
    <Flex direction="column" alignItems="stretch" gap={5} role="region" aria-label={t('why.answer')}>
      <Answer
        verdict={verdictOf(view)}
        webhook={webhook}
        event={event}
        eventId={view.events[0]?.id ?? null}
        conditions={view.conditions}
      />
      <WhySteps view={view} webhook={webhook} event={event} />
      <WhyEvents events={view.events} host={webhook.host} />
      <WhyOthers others={view.others} />
    </Flex>
  );
}

interface AnswerProps extends Omit<WhyAnswerProps, 'view'> {
  verdict: WhyVerdict;
  /** The newest event, where there is one. */
  eventId: number | null;
  conditions: WhyView['conditions'];
}

function Answer({ verdict, webhook, event, eventId, conditions }: AnswerProps) {
  const { t, intl } = useText();
  const time = (at: number) => intl.formatDate(at, { dateStyle: 'medium', timeStyle: 'medium' });
  const names = { event: event.displayName, webhook: webhook.name };
  const statusText = useStatusText();
  const status = (standing: DeliveryStanding) => statusText({ ...standing, host: webhook.host }).reason;
  switch (verdict.kind) {
    case 'ready':
      return <Words colour="success" title={t('why.ready')} />;
    case 'matching':
      return <Words colour="success" title={t('why.matching', { time: time(verdict.occurredAt) })} />;
    case 'not':
      return (
        <Words colour="warning" title={t(sentenceOf(verdict.check), names)}>
          {verdict.check.name === 'condition' && conditions && (
            <UnmetConditions events={webhook.events} found={conditions} />
          )}
          <Obstacle
            check={verdict.check}
            webhook={webhook}
            event={event}
            deliveryId={verdict.deliveryId}
            eventId={eventId}
          />
        </Words>
      );
    case 'fired':
      return (
        <Words
          colour={verdict.status === 'succeeded' ? 'success' : 'warning'}
          title={t(`why.fired.${verdict.status}`, { time: time(verdict.occurredAt) })}
        >
          {status(verdict.standing) && <Typography tag="p">{status(verdict.standing)}</Typography>}
          <InlineLink to={deliveryPath(verdict.deliveryId)}>{t('why.see_delivery')}</InlineLink>
          {verdict.next && (
            <>
              <Typography tag="p" paddingTop={2}>
                {t('why.now', { sentence: t(sentenceOf(verdict.next), names) })}
              </Typography>
              <Obstacle
                check={verdict.next}
                webhook={webhook}
                event={event}
                deliveryId={null}
                eventId={eventId}
              />
            </>
          )}
        </Words>
      );
  }
}

interface ObstacleProps extends Omit<WhyAnswerProps, 'view'> {
  check: WhyCheck;
  deliveryId: number | null;
  eventId: number | null;
}

/** Why it is so, as far as it is known, and the one thing to do. */
function Obstacle({ check, webhook, event, deliveryId, eventId }: ObstacleProps) {
  const { t } = useText();
  const reason = reasonOf(check);
  const finding = findingOf(check);
  return (
    <>
      {reason && <Typography tag="p">{t(reason, { detail: homeWords(webhook) })}</Typography>}
      {finding && <Mono variant="pi">{finding}</Mono>}
      <WhyRemedy check={check} webhook={webhook} event={event} deliveryId={deliveryId} eventId={eventId} />
    </>
  );
}

interface WordsProps {
  colour: 'success' | 'warning';
  title: string;
  children?: React.ReactNode;
}

function Words({ colour, title, children }: WordsProps) {
  return (
    <TintedBox tone={colour} padding={5} role="status" direction="column" alignItems="flex-start" gap={2}>
      <Typography variant="beta" tag="p">
        {title}
      </Typography>
      {children}
    </TintedBox>
  );
}
