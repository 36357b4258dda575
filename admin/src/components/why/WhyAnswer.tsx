import { Box, Flex, Typography } from '@strapi/design-system';
import { deliveryStates } from '../../../../contracts';
import type { EventTypeView, WebhookView, WhyCheck, WhyView } from '../../../../contracts';
import { useText } from '../../hooks/useText';
import { pluginPath } from '../../pluginId';
import { webhookPath } from '../../values/webhook-path';
import { homeWords } from '../../wording/attention';
import { reasonOf, remedyOf, verdictOf, type WhyVerdict } from '../../wording/why-words';
import { InlineLink } from '../InlineLink';
import { Mono } from '../Mono';
import { WhyEvents } from './WhyEvents';
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

function Answer({ verdict, webhook, event }: { verdict: WhyVerdict } & Omit<WhyAnswerProps, 'view'>) {
  const { t, intl } = useText();
  if (verdict.kind === 'ready') return <Words colour="success" title={t('why.ready')} />;
  if (verdict.kind === 'fired') {
    const time = intl.formatDate(verdict.occurredAt, { dateStyle: 'medium', timeStyle: 'medium' });
    const state = deliveryStates.find((known) => known === verdict.state);
    return (
      <Words
        colour={verdict.state === 'succeeded' ? 'success' : 'warning'}
        title={t(verdict.state === 'succeeded' ? 'why.fired' : 'why.fired_state', {
          time,
          state: state ? t(`delivery.state.${state}`) : verdict.state,
        })}
      >
        <InlineLink to={`${pluginPath}/deliveries?delivery=${verdict.deliveryId}`}>
          {t('why.see_delivery')}
        </InlineLink>
      </Words>
    );
  }
  const { check } = verdict;
  const reason = reasonOf(check);
  return (
    <Words
      colour="warning"
      title={t(`why.${check.name}.no`, { event: event.displayName, webhook: webhook.name })}
    >
      {reason && <Typography tag="p">{t(reason, { detail: homeWords(webhook) })}</Typography>}
      {check.name === 'condition' && check.detail && <Mono variant="pi">{check.detail}</Mono>}
      <Remedy check={check} webhook={webhook} event={event} />
    </Words>
  );
}

function Remedy({ check, webhook, event }: { check: WhyCheck; webhook: WebhookView; event: EventTypeView }) {
  const { t } = useText();
  const remedy = remedyOf(check.name);
  if (!remedy) return <Typography tag="p">{t('why.remedy.save_again')}</Typography>;
  const paths = {
    settings: webhookPath(webhook.id, 'settings'),
    page: webhookPath(webhook.id),
    events: `${pluginPath}/events?search=${encodeURIComponent(event.type)}`,
    queue: `${pluginPath}/settings`,
  };
  return (
    <Typography tag="p">
      <InlineLink to={paths[remedy]}>{t(`why.remedy.${remedy}`)}</InlineLink>
    </Typography>
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
