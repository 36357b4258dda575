import type { ReactNode } from 'react';
import { Box, Flex, Typography } from '@strapi/design-system';
import { CheckCircle, Clock, CrossCircle } from '@strapi/icons';
import { Widget } from '@strapi/strapi/admin';
import { styled } from 'styled-components';
import type { OverviewView, WebhookInTrouble } from '../../../../contracts';
import { AllowedProvider, useAllowed } from '../../hooks/useAllowed';
import { useText } from '../../hooks/useText';
import { pluginPath } from '../../pluginId';
import { useOverview } from '../../services/settings';
import { webhookPath } from '../../values/paths';
import { attentionOf, holdOf } from '../../wording/attention';
import { InlineLink } from '../InlineLink';
import { Remedy, SeeQueue } from '../Remedy';

// The home page stays open all day: seldom enough to cost nothing.
const refreshMs = 60_000;

/** On the home page: how the last day went, and which webhooks are in trouble. */
export function HomeWidget() {
  return (
    <AllowedProvider asking={<Widget.Loading />} failed={<Widget.Error />}>
      <LoadOverview />
    </AllowedProvider>
  );
}

function LoadOverview() {
  const { t } = useText();
  const { data, isLoading } = useOverview(undefined, {
    pollingInterval: refreshMs,
    refetchOnMountOrArgChange: true,
  });
  if (isLoading) return <Widget.Loading />;
  if (!data) return <Widget.Error />;
  const { delivered, failed, waiting, trouble, pause, stalledSince } = data;
  const isQuiet = delivered + failed + waiting.count + trouble.length === 0;
  if (isQuiet && !pause && stalledSince === null) return <Widget.NoData>{t('home.nothing')}</Widget.NoData>;
  return <Overview overview={data} />;
}

function Overview({ overview }: { overview: OverviewView }) {
  const { t, intl, rich } = useText();
  const { delivered, failed, waiting, trouble, troubleTotal, pause, stalledSince } = overview;
  const allowed = useAllowed();
  const others = troubleTotal - trouble.length;
  // Told in one line, with one remedy for all of them.
  const stalled = trouble.filter(({ needsAttention }) => needsAttention?.code === 'stalled');
  const names = intl.formatList(stalled.map(({ name }) => name));
  return (
    <>
      <Flex tag="ul" gap={4} paddingBottom={4}>
        <Figure
          icon={<CheckCircle aria-hidden fill="success600" />}
          value={intl.formatNumber(delivered)}
          name={t('home.delivered')}
        />
        <Figure
          icon={<Clock aria-hidden fill="warning600" />}
          value={`${intl.formatNumber(waiting.count)}${waiting.more ? '+' : ''}`}
          name={t('home.waiting')}
        />
        <Figure
          icon={<CrossCircle aria-hidden fill="danger600" />}
          value={intl.formatNumber(failed)}
          name={t('home.failed')}
        />
      </Flex>
      {pause && <Line title={t('pause.is_paused', { reason: pause.reason })} why={t('pause.waits')} />}
      {stalledSince !== null && (
        <Line
          title={t('stalled.title')}
          why={names ? `${t('stalled.short')} ${t('stalled.names', { names })}` : t('stalled.short')}
          remedy={allowed.settingsRead && <SeeQueue />}
        />
      )}
      {(stalledSince === null ? trouble : trouble.filter((one) => !stalled.includes(one))).map((webhook) => (
        <TroubleLine key={webhook.id} webhook={webhook} />
      ))}
      {trouble.length === 0 && !pause && stalledSince === null && (
        <Rule>
          <Typography variant="pi" textColor="neutral600">
            {t('home.no_trouble')}
          </Typography>
        </Rule>
      )}
      {others > 0 && (
        <Rule>
          <Typography variant="pi">
            {rich('home.others', {
              count: others,
              link: (words) => (
                <InlineLink key="link" isInText to={pluginPath}>
                  {words}
                </InlineLink>
              ),
            })}
          </Typography>
        </Rule>
      )}
    </>
  );
}

function Figure({ icon, value, name }: { icon: ReactNode; value: string; name: string }) {
  return (
    <Box tag="li" flex="1">
      <Flex gap={2}>
        {icon}
        <Typography variant="beta" tag="span" fontSize="2.4rem" lineHeight={1.2}>
          {value}
        </Typography>
      </Flex>
      <Typography variant="pi" textColor="neutral600" tag="p">
        {name}
      </Typography>
    </Box>
  );
}

/** One webhook, what is the matter in one line, and its one remedy. */
function TroubleLine({ webhook }: { webhook: WebhookInTrouble }) {
  const { t, intl } = useText();
  const attention = attentionOf(webhook);
  const hold = holdOf(webhook);
  const until =
    hold?.until != null ? ` ${t('delivery.held_until', { time: intl.formatTime(hold.until) })}` : '';
  const why = attention
    ? t(attention.text, attention.values)
    : hold
      ? t(hold.text, { detail: '' }) + until
      : '';
  return (
    <Line
      title={<InlineLink to={webhookPath(webhook.id)}>{webhook.name}</InlineLink>}
      why={why}
      remedy={<Remedy webhook={webhook} />}
    />
  );
}

function Line({ title, why, remedy }: { title: ReactNode; why: string; remedy?: ReactNode }) {
  return (
    <Rule>
      <Flex justifyContent="space-between" gap={4}>
        <Box minWidth={0}>
          <Typography fontWeight="bold" tag="p">
            {title}
          </Typography>
          <Typography variant="pi" textColor="neutral600" tag="p">
            {why}
          </Typography>
        </Box>
        <Box shrink={0}>{remedy}</Box>
      </Flex>
    </Rule>
  );
}

const Rule = styled.div`
  padding: 1.2rem 0;
  border-top: 1px solid ${({ theme }) => theme.colors.neutral150};
`;
