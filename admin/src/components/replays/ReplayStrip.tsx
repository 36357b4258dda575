import { Box, Button, Flex, ProgressBar, Typography } from '@strapi/design-system';
import { ArrowClockwise, CheckCircle, Play, Stop } from '@strapi/icons';
import { styled } from 'styled-components';
import type { ReplayView } from '../../../../contracts';
import { useAllowed } from '../../hooks/useAllowed';
import { useNow } from '../../hooks/useNow';
import { useRefusal } from '../../hooks/useRefusal';
import { useText, type Texts } from '../../hooks/useText';
import { useReplays, useResumeReplay, useStopReplay } from '../../services/replays';
import { reasonText } from '../../wording/attention';
import { RelativeTime } from '../RelativeTime';

const livelyMs = 700;
const calmMs = 5000;
/** What has ended stays in sight for so long. */
const lingersMs = 60_000;

const none: readonly ReplayView[] = [];

/** What is being sent again, how far it is, and a way to stop it; also after the page was loaded anew. */
export function ReplayStrip() {
  const now = useNow();
  const { data } = useReplays(undefined, { pollingInterval: calmMs, refetchOnMountOrArgChange: true });
  const replays = data?.results ?? none;
  const isRunning = replays.some(({ state }) => state === 'running');
  // The same question, asked more often while something moves.
  useReplays(undefined, { pollingInterval: livelyMs, skip: !isRunning });
  const shown = replays.filter(
    ({ state, finishedAt }) => state !== 'finished' || now - (finishedAt ?? 0) < lingersMs,
  );
  if (shown.length === 0) return null;
  return (
    <Flex direction="column" alignItems="stretch" gap={3} paddingBottom={4}>
      {shown.map((replay) => (
        <Strip key={replay.id} replay={replay} />
      ))}
    </Flex>
  );
}

function Strip({ replay }: { replay: ReplayView }) {
  const { t } = useText();
  const title = t(`replay.state.${replay.state}`);
  const percent = Math.round(replay.progress * 100);
  return (
    <Box
      tag="section"
      aria-label={title}
      background="neutral0"
      borderColor="neutral200"
      hasRadius
      padding={4}
    >
      <Flex gap={4} wrap="wrap" justifyContent="space-between">
        <Flex gap={2} alignItems="baseline" wrap="wrap" flex="1 1 26rem">
          <StateMark state={replay.state} />
          <Typography fontWeight="bold">{title}</Typography>
          <Typography>{numbersOf(replay, t)}</Typography>
          <Typography variant="pi" textColor="neutral600">
            {replay.by && `${replay.by}, `}
            <RelativeTime at={replay.createdAt} />
          </Typography>
        </Flex>
        <Turn replay={replay} />
      </Flex>
      <Box paddingTop={3}>
        {/* The design system's bar draws its value and does not say it. */}
        <Bar value={percent} aria-valuenow={percent} aria-label={t('replay.title')} size="M" />
      </Box>
      {[...waitingLines(replay, t), ...refusalLines(replay, t)].map((line) => (
        <Typography key={line} variant="pi" textColor="neutral600" tag="p" paddingTop={2}>
          {line}
        </Typography>
      ))}
    </Box>
  );
}

function StateMark({ state }: { state: ReplayView['state'] }) {
  const place = { alignSelf: 'center', flex: 'none' };
  if (state === 'finished') return <CheckCircle aria-hidden fill="success600" style={place} />;
  if (state === 'stopped') return <Stop aria-hidden fill="neutral600" style={place} />;
  return <ArrowClockwise aria-hidden fill="primary600" style={place} />;
}

function Turn({ replay }: { replay: ReplayView }) {
  const { t } = useText();
  const allowed = useAllowed();
  const showRefusal = useRefusal();
  const [stop, stopping] = useStopReplay();
  const [resume, resuming] = useResumeReplay();
  if (!allowed.deliveriesResend || replay.state === 'finished') return null;
  const isRunning = replay.state === 'running';
  const turn = async () => {
    const answer = await (isRunning ? stop : resume)(replay.id);
    if ('error' in answer) showRefusal(answer.error);
  };
  return (
    <Button
      variant={isRunning ? 'tertiary' : 'secondary'}
      startIcon={isRunning ? <Stop aria-hidden /> : <Play aria-hidden />}
      loading={stopping.isLoading || resuming.isLoading}
      onClick={turn}
    >
      {t(isRunning ? 'replay.stop' : 'replay.resume')}
    </Button>
  );
}

function numbersOf({ total, done, refused }: ReplayView, t: Texts['t']): string {
  const handled = done + refused;
  return total === null ? t('replay.done', { done }) : t('replay.done_of', { done: handled, total });
}

const refusalLines = ({ refusals }: ReplayView, t: Texts['t']): string[] =>
  refusals.map(({ reason, count }) => t(`replay.refused.${reason}`, { count }));

const waitingLines = ({ waiting }: ReplayView, t: Texts['t']): string[] =>
  waiting.map(({ name, reason }) =>
    t('replay.waits', { name, reason: t(reasonText(reason), { detail: '' }) }),
  );

/** The design system's bar is white on dark: what is done would look like what is left. */
const Bar = styled(ProgressBar)`
  width: 100%;

  && {
    background: ${({ theme }) => theme.colors.neutral200};
  }
  && > * {
    background: ${({ theme }) => theme.colors.primary600};
  }
`;
