import { useState } from 'react';
import { Box, Flex, TextButton, Typography } from '@strapi/design-system';
import { Lightning, Question } from '@strapi/icons';
import { useNotification } from '@strapi/strapi/admin';
import { styled } from 'styled-components';
import type { DeliveryRow, EntryReference } from '../../../../contracts';
import { AllowedProvider, useAllowed } from '../../hooks/useAllowed';
import { useFailureSentences } from '../../hooks/useFailureSentences';
import { useRefusal } from '../../hooks/useRefusal';
import { useText } from '../../hooks/useText';
import { pluginPath } from '../../pluginId';
import { useResend } from '../../services/deliveries';
import { useWebhooks } from '../../services/webhooks';
import { stateTextColours, stateReason } from '../../wording/delivery-words';
import { NextTry } from '../deliveries/NextTry';
import { StateIcon } from '../deliveries/StateIcon';
import { InlineLink } from '../InlineLink';
import { RelativeTime } from '../RelativeTime';
import { TriggerFromEntry } from '../trigger/TriggerFromEntry';
import { WhyDialog } from '../why/WhyDialog';
import { useEntryDeliveries } from './useEntryDeliveries';

/** The three newest deliveries of an entry, one action each, the way to all of them, and a call by hand. */
export function EntryDeliveries({ entry }: { entry: EntryReference }) {
  const { t } = useText();
  const { uid, documentId } = entry;
  const { data } = useEntryDeliveries(uid, documentId);
  const rows = data?.results ?? [];
  const all = `${pluginPath}/deliveries?documentId=${encodeURIComponent(documentId)}`;
  return (
    <AllowedProvider asking={null} failed={null}>
      <Box width="100%">
        {rows.length === 0 ? (
          <Typography variant="pi" textColor="neutral600" tag="p">
            {t('entry.none')}
          </Typography>
        ) : (
          <>
            <ul>
              {rows.map((row) => (
                <Row key={row.id} row={row} />
              ))}
            </ul>
            <Box paddingTop={3}>
              <Typography variant="pi">
                <InlineLink to={all}>{t('entry.all')}</InlineLink>
              </Typography>
            </Box>
          </>
        )}
        <ByHand entry={entry} />
      </Box>
    </AllowedProvider>
  );
}

/** What one can do about an entry: call a webhook by hand, or ask why none was called. */
function ByHand({ entry }: { entry: EntryReference }) {
  const { t } = useText();
  const { trigger, read } = useAllowed();
  const [open, setOpen] = useState<'trigger' | 'why' | null>(null);
  const { data } = useWebhooks({ pageSize: 100 }, { skip: !read });
  const webhooks = data?.results ?? [];
  if (webhooks.length === 0) return null;
  const close = () => setOpen(null);
  return (
    <Flex direction="column" alignItems="flex-start" gap={2} paddingTop={3}>
      {trigger && (
        <TextButton startIcon={<Lightning aria-hidden />} onClick={() => setOpen('trigger')}>
          {t('entry.trigger')}
        </TextButton>
      )}
      <TextButton startIcon={<Question aria-hidden />} onClick={() => setOpen('why')}>
        {t('why.title')}
      </TextButton>
      {open === 'trigger' && <TriggerFromEntry entry={entry} webhooks={webhooks} onClose={close} />}
      {open === 'why' && <WhyDialog asked={{ entry }} onClose={close} />}
    </Flex>
  );
}

function Row({ row }: { row: DeliveryRow }) {
  const { t } = useText();
  return (
    <Item>
      <Flex justifyContent="space-between" gap={2} alignItems="baseline">
        <Typography fontWeight="bold" ellipsis>
          <InlineLink to={`${pluginPath}/deliveries?documentId=${row.documentId ?? ''}&delivery=${row.id}`}>
            {row.webhookName}
          </InlineLink>
        </Typography>
        <Typography variant="pi" textColor="neutral600" style={{ flex: 'none' }}>
          <RelativeTime at={row.createdAt} style="short" />
        </Typography>
      </Flex>
      <Typography variant="pi" textColor="neutral600" tag="p" ellipsis>
        {row.eventName}
      </Typography>
      <Flex justifyContent="space-between" gap={2} paddingTop={1}>
        <Flex gap={2} minWidth={0}>
          <StateIcon state={row.state} size="1.2rem" />
          <Typography variant="pi" textColor={stateTextColours[row.state]}>
            {t(`delivery.state.${row.state}`)}
            <Reason row={row} />
          </Typography>
        </Flex>
        <Resend row={row} />
      </Flex>
    </Item>
  );
}

function Reason({ row }: { row: DeliveryRow }) {
  const { t } = useText();
  const sentencesOf = useFailureSentences();
  const { code, httpStatus: status, host, durationMs, state, nextAttemptAt, attempts } = row;
  if (state === 'pending' && nextAttemptAt !== null && attempts > 0) {
    return (
      <>
        {': '}
        <NextTry at={nextAttemptAt} style="short" />
      </>
    );
  }
  const short = code ? sentencesOf({ code, status, host, durationMs }).short : null;
  const reason = stateReason(row, short, t);
  return reason ? <>{`: ${reason}`}</> : null;
}

function Resend({ row }: { row: DeliveryRow }) {
  const { t } = useText();
  const allowed = useAllowed();
  const { toggleNotification } = useNotification();
  const showRefusal = useRefusal();
  const [resend, { isLoading }] = useResend();
  const isWaiting = row.state === 'pending' && row.attempts > 0;
  const isOver = row.state === 'failed' || row.state === 'skipped' || row.state === 'cancelled';
  if (!allowed.deliveriesResend || (!isWaiting && !isOver)) return null;
  return (
    <TextButton
      loading={isLoading}
      onClick={async () => {
        const answer = await resend(row.id);
        if ('error' in answer) showRefusal(answer.error);
        else toggleNotification({ type: 'success', message: t('delivery.resent') });
      }}
    >
      {t(isWaiting ? 'delivery.send_now' : 'delivery.resend')}
    </TextButton>
  );
}

const Item = styled.li`
  padding-bottom: 1.2rem;
  margin-bottom: 1.2rem;
  border-bottom: 1px solid ${({ theme }) => theme.colors.neutral150};

  &:last-child {
    margin-bottom: 0;
  }
`;
