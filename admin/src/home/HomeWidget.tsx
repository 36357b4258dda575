import type { ReactNode } from 'react';
import { Box, Flex, Typography } from '@strapi/design-system';
import { CheckCircle, Clock, CrossCircle } from '@strapi/icons';
import { Widget } from '@strapi/strapi/admin';
import type { OverviewView } from '../../../contracts';
import { AllowedProvider, useAllowed } from '../api/useAllowed';
import { usePolling } from '../api/usePolling';
import { webhooksPath } from '../navigation/paths';
import { useText, type TextId } from '../text/useText';
import { InlineLink } from '../ui/InlineLink';
import { Rule, RuledLine } from '../ui/RuledLine';
import { SeeQueue } from '../webhooks/Remedy';
import { WebhookTrouble } from '../webhooks/WebhookTrouble';
import { useOverview } from './api';

// The home page stays open all day: rare enough to cost nothing.
const refreshMs = 60_000;

/** On the home page: the last 24 hours, and the webhooks with problems. */
export function HomeWidget() {
  return (
    <AllowedProvider asking={<Widget.Loading />} failed={<Widget.Error />}>
      <LoadOverview />
    </AllowedProvider>
  );
}

function LoadOverview() {
  const { t } = useText();
  const { data, isLoading, refetch } = useOverview(undefined, { refetchOnMountOrArgChange: true });
  usePolling(refetch, refreshMs);
  if (isLoading) return <Widget.Loading />;
  if (!data) return <Widget.Error />;
  const { delivered, failed, waiting, trouble, pause, stalledSince } = data;
  const isQuiet = delivered + failed + waiting.count + trouble.length === 0;
  if (isQuiet && !pause && stalledSince === null) return <Widget.NoData>{t('home.nothing')}</Widget.NoData>;
  return <Overview overview={data} />;
}

function Overview({ overview }: { overview: OverviewView }) {
  const { t, intl } = useText();
  const { delivered, failed, waiting, trouble, troubleTotal, failingTotal, pause, stalledSince } = overview;
  const allowed = useAllowed();
  const others = troubleTotal - trouble.length;
  // Shown in one line, with one remedy for all of them.
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
      {pause && (
        <RuledLine title={t('pause.is_paused', { reason: pause.reason })}>{t('pause.waits')}</RuledLine>
      )}
      {stalledSince !== null && (
        <RuledLine title={t('stalled.title')} action={allowed.settingsRead && <SeeQueue />}>
          {names ? `${t('stalled.short')} ${t('stalled.names', { names })}` : t('stalled.short')}
        </RuledLine>
      )}
      {(stalledSince === null ? trouble : trouble.filter((one) => !stalled.includes(one))).map((webhook) => (
        <WebhookTrouble key={webhook.id} look="line" webhook={webhook} />
      ))}
      {trouble.length === 0 && failingTotal === 0 && !pause && stalledSince === null && (
        <Rule>
          <Typography variant="pi" textColor="neutral600">
            {t('home.no_trouble')}
          </Typography>
        </Rule>
      )}
      {failingTotal > 0 && <More text="home.failing" count={failingTotal} state="failing" />}
      {others > 0 && <More text="home.others" count={others} state="trouble" />}
    </>
  );
}

/** How many more there are, with a link to them in the list. */
function More({ text, count, state }: { text: TextId; count: number; state: 'failing' | 'trouble' }) {
  const { rich } = useText();
  return (
    <Rule>
      <Typography variant="pi">
        {rich(text, {
          count,
          link: (words) => (
            <InlineLink key="link" isInText to={webhooksPath(state)}>
              {words}
            </InlineLink>
          ),
        })}
      </Typography>
    </Rule>
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
