import type { ReactNode } from 'react';
import { Box, Flex, Typography } from '@strapi/design-system';
import { CheckCircle, Clock, WarningCircle } from '@strapi/icons';
import type { HeldWebhook, InstanceView, QueueView } from '../../../../contracts';
import { ErrorPart, LoadingPart } from '../../api/States';
import { useAllowed } from '../../api/useAllowed';
import { usePolling } from '../../api/usePolling';
import { webhookPath, webhooksPath } from '../../navigation/paths';
import { useCountWords } from '../../text/useCountWords';
import { useMoment } from '../../text/useMoment';
import { useText } from '../../text/useText';
import { Fact, Facts } from '../../ui/Facts';
import { InlineLink } from '../../ui/InlineLink';
import { RelativeTime } from '../../ui/RelativeTime';
import { reasonText } from '../../webhooks/reasons';
import { stateOf } from '../../webhooks/trouble';
import { useQueue } from '../api';
import { SettingsCard } from './SettingsCard';

const refreshMs = 5000;

/**
 * The engine and the state of the queue: waiting deliveries, delivering processes, and webhooks that are not
 * sending.
 */
export function QueueCard() {
  const { t, rich } = useText();
  const { data, error, isLoading, isError, fulfilledTimeStamp, refetch } = useQueue(undefined, {
    refetchOnMountOrArgChange: true,
  });
  usePolling(refetch, refreshMs);
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
      {!queue.waitsToDeliver && !queue.instances.some(({ delivers }) => delivers) && (
        <Flex gap={3} alignItems="flex-start" role="status">
          <WarningCircle aria-hidden fill="danger600" style={{ flex: 'none', marginTop: '0.3rem' }} />
          <Typography tag="p">{t('queue.nobody')}</Typography>
        </Flex>
      )}
      {queue.waitsToDeliver && (
        <Flex gap={3} alignItems="flex-start" role="status">
          <Clock aria-hidden fill="warning600" style={{ flex: 'none', marginTop: '0.3rem' }} />
          <Typography tag="p">{t('queue.elsewhere')}</Typography>
        </Flex>
      )}
      <Amounts queue={queue} />
      <Part title={t('queue.processes')}>
        {queue.instances.map((instance) => (
          <Process
            key={instance.id}
            instance={instance}
            waits={queue.waitsToDeliver && instance.self && !instance.delivers}
          />
        ))}
      </Part>
      <Part title={t('queue.held')}>
        {queue.held.length === 0 ? (
          <Typography tag="li" textColor="neutral600">
            {t('queue.none_held')}
          </Typography>
        ) : (
          <HeldByState held={queue.held} />
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

function Process({ instance, waits }: { instance: InstanceView; waits: boolean }) {
  const { t, rich } = useText();
  const { host, pid, delivers, self, seenAt } = instance;
  const Icon = delivers ? CheckCircle : Clock;
  const doing = t(delivers ? 'queue.delivers' : waits ? 'queue.takes_over' : 'queue.captures');
  return (
    <Flex tag="li" gap={2} alignItems="flex-start" paddingTop={1}>
      <Icon
        aria-hidden
        fill={delivers ? 'success600' : 'neutral600'}
        style={{ flex: 'none', marginTop: '0.3rem' }}
      />
      <Typography>
        {t('queue.process', { host, pid: String(pid) })}
        {self && ` (${t('queue.process_self')})`}
        {': '}
        {doing}
        {', '}
        {rich('queue.seen', { when: <RelativeTime key="when" at={seenAt} /> })}
      </Typography>
    </Flex>
  );
}

// A few names help; of many the list is the place, where they can be searched.
const namedAtMost = 5;

/** By state: a few are named, many are counted, with the way to the list of them. */
function HeldByState({ held }: { held: readonly HeldWebhook[] }) {
  const { t, rich } = useText();
  const allowed = useAllowed();
  return byState(held).map(({ state, webhooks }) =>
    webhooks.length <= namedAtMost ? (
      webhooks.map((webhook) => <Held key={webhook.id} webhook={webhook} />)
    ) : (
      <Typography key={state} tag="li" paddingTop={1}>
        {rich('queue.held_count', {
          state: t(stateOf({ state }).text),
          count: webhooks.length,
          link: (words) =>
            allowed.read ? (
              <InlineLink key="link" to={webhooksPath(state)}>
                {words}
              </InlineLink>
            ) : (
              words
            ),
        })}
      </Typography>
    ),
  );
}

function byState(held: readonly HeldWebhook[]) {
  const states = [...new Set(held.map(({ state }) => state))];
  return states.map((state) => ({ state, webhooks: held.filter((webhook) => webhook.state === state) }));
}

function Held({ webhook }: { webhook: HeldWebhook }) {
  const { t, rich } = useText();
  const moment = useMoment();
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
          state: t(stateOf(webhook).text),
        })}
        {heldUntil !== null && `, ${t('queue.held_until', { time: moment(heldUntil) })}`}
      </Typography>
      {state !== 'paused' && stateReason !== null && state !== 'away' && (
        <Typography variant="pi" textColor="neutral600" tag="p">
          {t(reasonText(stateReason), { detail: '' })}
        </Typography>
      )}
    </Box>
  );
}
