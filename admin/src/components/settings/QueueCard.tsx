import type { ReactNode } from 'react';
import { Box, Flex, Typography } from '@strapi/design-system';
import { CheckCircle, Clock, WarningCircle } from '@strapi/icons';
import type { HeldWebhook, InstanceView, QueueView } from '../../../../contracts';
import { useCountWords } from '../../hooks/useCountWords';
import { useText } from '../../hooks/useText';
import { useQueue } from '../../services/settings';
import { webhookPath } from '../../values/paths';
import { reasonText } from '../../wording/attention';
import { Fact, Facts } from '../Facts';
import { InlineLink } from '../InlineLink';
import { RelativeTime } from '../RelativeTime';
import { ErrorPart, LoadingPart } from '../States';
import { SettingsCard } from './SettingsCard';

const refreshMs = 5000;

/** The engine and how it is doing: what waits, who delivers, and which webhooks send nothing now. */
export function QueueCard() {
  const { t, rich } = useText();
  const { data, error, isLoading, isError, fulfilledTimeStamp, refetch } = useQueue(undefined, {
    pollingInterval: refreshMs,
    refetchOnMountOrArgChange: true,
  });
  return (
    <SettingsCard
      title={t('queue.title')}
      explained={`${t('queue.explained')} ${t('queue.refreshes')}`}
      fixedBy="queue.engine, delivery.enabled"
    >
      {isLoading && <LoadingPart />}
      {!isLoading && !data && <ErrorPart error={error} onRetry={refetch} />}
      {isError && data && fulfilledTimeStamp !== undefined && (
        <Typography variant="pi" textColor="neutral800" tag="p" role="status">
          {rich('queue.old', { when: <RelativeTime key="when" at={fulfilledTimeStamp} /> })}
        </Typography>
      )}
      {data && <Queue queue={data} />}
    </SettingsCard>
  );
}

function Queue({ queue }: { queue: QueueView }) {
  const { t } = useText();
  return (
    <Flex direction="column" alignItems="stretch" gap={5}>
      {!queue.instances.some(({ delivers }) => delivers) && (
        <Flex gap={3} alignItems="flex-start" role="status">
          <WarningCircle aria-hidden fill="danger600" style={{ flex: 'none', marginTop: '0.3rem' }} />
          <Typography tag="p">{t('queue.nobody')}</Typography>
        </Flex>
      )}
      <Amounts queue={queue} />
      <Part title={t('queue.processes')}>
        {queue.instances.map((instance) => (
          <Process key={instance.id} instance={instance} />
        ))}
      </Part>
      <Part title={t('queue.held')}>
        {queue.held.length === 0 ? (
          <Typography tag="li" textColor="neutral600">
            {t('queue.none_held')}
          </Typography>
        ) : (
          queue.held.map((webhook) => <Held key={webhook.id} webhook={webhook} />)
        )}
      </Part>
    </Flex>
  );
}

function Amounts({ queue }: { queue: QueueView }) {
  const { t, rich } = useText();
  const countWords = useCountWords();
  const { waiting, dueNow, dueSince, inFlight, unmatched, countedUpTo } = queue;
  // Counting stops there: there may be more.
  const words = (count: number) => countWords('queue.deliveries', { count, more: count >= countedUpTo });
  return (
    <Facts $names="14rem">
      <Fact name={t('queue.engine')}>
        <Typography>
          {t(queue.engine === 'bullmq' ? 'queue.engine.bullmq' : 'queue.engine.database')}
        </Typography>
      </Fact>
      <Fact name={t('queue.waiting')}>
        <Typography>{waiting === 0 ? t('queue.none_waiting') : words(waiting)}</Typography>
      </Fact>
      {waiting > 0 && (
        <Fact name={t('queue.due')}>
          <Typography>
            {dueNow === 0 ? t('queue.none_due') : words(dueNow)}
            {dueNow > 0 && dueSince !== null && (
              <>
                {', '}
                {rich('queue.due_since', { since: <RelativeTime key="since" at={dueSince} /> })}
              </>
            )}
          </Typography>
        </Fact>
      )}
      <Fact name={t('queue.in_flight')}>
        <Typography>{words(inFlight)}</Typography>
      </Fact>
      {unmatched > 0 && (
        <Fact name={t('queue.unmatched')}>
          <Typography>
            {countWords('queue.unmatched_count', { count: unmatched, more: unmatched >= countedUpTo })}
          </Typography>
        </Fact>
      )}
    </Facts>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <Typography variant="pi" fontWeight="bold" tag="h3">
        {title}
      </Typography>
      <Box tag="ul" paddingTop={2}>
        {children}
      </Box>
    </div>
  );
}

function Process({ instance }: { instance: InstanceView }) {
  const { t, rich } = useText();
  const { host, pid, delivers, self, seenAt } = instance;
  const Icon = delivers ? CheckCircle : Clock;
  const marks = [
    t(delivers ? 'queue.delivers' : 'queue.captures'),
    ...(self ? [t('queue.process_self')] : []),
  ];
  return (
    <Flex tag="li" gap={2} alignItems="flex-start" paddingTop={1}>
      <Icon
        aria-hidden
        fill={delivers ? 'success600' : 'neutral600'}
        style={{ flex: 'none', marginTop: '0.3rem' }}
      />
      <Typography>
        {t('queue.process', { host, pid: String(pid) })}
        {': '}
        {marks.join(', ')}
        {', '}
        {rich('queue.seen', { when: <RelativeTime key="when" at={seenAt} /> })}
      </Typography>
    </Flex>
  );
}

function Held({ webhook }: { webhook: HeldWebhook }) {
  const { t, rich, intl } = useText();
  const { id, name, state, stateReason, heldUntil } = webhook;
  return (
    <Box tag="li" paddingTop={1}>
      <Typography>
        {rich('queue.held_line', {
          link: (words) => (
            <InlineLink key="link" to={webhookPath(id)}>
              {words}
            </InlineLink>
          ),
          name,
          state: t(`webhook.state.${state}`),
        })}
        {heldUntil !== null && `, ${t('queue.held_until', { time: intl.formatTime(heldUntil) })}`}
      </Typography>
      {state !== 'paused' && stateReason !== null && state !== 'away' && (
        <Typography variant="pi" textColor="neutral600" tag="p">
          {t(reasonText(stateReason), { detail: '' })}
        </Typography>
      )}
    </Box>
  );
}
