import { Box, Flex, Typography } from '@strapi/design-system';
import type { EventTypeView, WebhookView, WhyCheck, WhyView } from '../../../../contracts';
import { useText } from '../../hooks/useText';
import { deliveryPath } from '../../values/paths';
import { homeWords } from '../../wording/attention';
import { findingOf, reasonOf, sentenceOf, verdictOf, type WhyVerdict } from '../../wording/why-words';
import { InlineLink } from '../InlineLink';
import { Mono } from '../Mono';
import { WhyEvents } from './WhyEvents';
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
      <Answer verdict={verdictOf(view)} webhook={webhook} event={event} />
      <WhySteps view={view} webhook={webhook} event={event} />
      <WhyEvents events={view.events} />
    </Flex>
  );
}

interface AnswerProps extends Omit<WhyAnswerProps, 'view'> {
  verdict: WhyVerdict;
}

function Answer({ verdict, webhook, event }: AnswerProps) {
  const { t, intl } = useText();
  const time = (at: number) => intl.formatDate(at, { dateStyle: 'medium', timeStyle: 'medium' });
  const names = { event: event.displayName, webhook: webhook.name };
  switch (verdict.kind) {
    case 'ready':
      return <Words colour="success" title={t('why.ready')} />;
    case 'matching':
      return <Words colour="success" title={t('why.matching', { time: time(verdict.occurredAt) })} />;
    case 'not':
      return (
        <Words colour="warning" title={t(sentenceOf(verdict.check), names)}>
          <Obstacle check={verdict.check} webhook={webhook} event={event} deliveryId={verdict.deliveryId} />
        </Words>
      );
    case 'fired':
      return (
        <Words
          colour={verdict.state === 'succeeded' ? 'success' : 'warning'}
          title={t(`why.fired.${verdict.state}`, { time: time(verdict.occurredAt) })}
        >
          <InlineLink to={deliveryPath(verdict.deliveryId)}>{t('why.see_delivery')}</InlineLink>
          {verdict.next && (
            <>
              <Typography tag="p" paddingTop={2}>
                {t('why.now', { sentence: t(sentenceOf(verdict.next), names) })}
              </Typography>
              <Obstacle check={verdict.next} webhook={webhook} event={event} deliveryId={null} />
            </>
          )}
        </Words>
      );
  }
}

interface ObstacleProps extends Omit<WhyAnswerProps, 'view'> {
  check: WhyCheck;
  deliveryId: number | null;
}

/** Why it is so, as far as it is known, and the one thing to do. */
function Obstacle({ check, webhook, event, deliveryId }: ObstacleProps) {
  const { t } = useText();
  const reason = reasonOf(check);
  const finding = findingOf(check);
  return (
    <>
      {reason && <Typography tag="p">{t(reason, { detail: homeWords(webhook) })}</Typography>}
      {finding && <Mono variant="pi">{finding}</Mono>}
      <WhyRemedy check={check} webhook={webhook} event={event} deliveryId={deliveryId} />
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
    <Box padding={5} hasRadius background={`${colour}100`} borderColor={`${colour}200`} role="status">
      <Flex direction="column" alignItems="flex-start" gap={2}>
        <Typography variant="beta" tag="p">
          {title}
        </Typography>
        {children}
      </Flex>
    </Box>
  );
}
