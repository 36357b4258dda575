import { Box, Button, Flex, ProgressBar, Typography } from '@strapi/design-system';
import { ArrowClockwise, CheckCircle, Play, Stop, WarningCircle } from '@strapi/icons';
import { styled } from 'styled-components';
import type { ReplayView } from '../../../../contracts';
import { useAllowed } from '../../api/useAllowed';
import { useOutcome } from '../../api/useOutcome';
import { usePolling } from '../../api/usePolling';
import { useNow } from '../../text/useNow';
import { useText, type Texts } from '../../text/useText';
import { RelativeTime } from '../../ui/RelativeTime';
import { reasonText } from '../../webhooks/reasons';
import { useReplays, useStopReplay, useResumeReplay } from '../api';

const livelyMs = 700;
const calmMs = 5000;
/** How long a finished job stays visible. */
const lingersMs = 60_000;

const none: readonly ReplayView[] = [];

/** Running resend jobs, their progress, and a button to stop them; also after the page was reloaded. */
export function ReplayStrip() {
  const now = useNow();
  const { data, refetch } = useReplays(undefined, { refetchOnMountOrArgChange: true });
  const replays = data?.results ?? none;
  const isRunning = replays.some(({ state }) => state === 'running');
  usePolling(refetch, isRunning ? livelyMs : calmMs);
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
  const isPartly = replay.state === 'finished' && replay.refused > 0;
  const title = t(isPartly ? 'replay.state.finished_partly' : `replay.state.${replay.state}`);
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
          <StateMark replay={replay} />
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

function StateMark({ replay: { state, refused } }: { replay: ReplayView }) {
  const place = { alignSelf: 'center', flex: 'none' };
  if (state === 'finished' && refused > 0)
    return <WarningCircle aria-hidden fill="warning600" style={place} />;
  if (state === 'finished') return <CheckCircle aria-hidden fill="success600" style={place} />;
  if (state === 'stopped') return <Stop aria-hidden fill="neutral600" style={place} />;
  return <ArrowClockwise aria-hidden fill="primary600" style={place} />;
}

function Turn({ replay }: { replay: ReplayView }) {
  const { t } = useText();
  const allowed = useAllowed();
  const tell = useOutcome();
  const [stop, stopping] = useStopReplay();
  const [resume, resuming] = useResumeReplay();
  if (!allowed.deliveriesResend || replay.state === 'finished') return null;
  const isRunning = replay.state === 'running';
  const turn = async () => tell(await (isRunning ? stop : resume)(replay.id));
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

/** The design system's bar is white on dark: the done part would look like the rest. */
const Bar = styled(ProgressBar)`
  width: 100%;

  && {
    background: ${({ theme }) => theme.colors.neutral200};
  }
  && > * {
    background: ${({ theme }) => theme.colors.primary600};
  }
`;
