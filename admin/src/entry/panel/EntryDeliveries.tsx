import { useState } from 'react';
import { Box, Flex, TextButton, Typography } from '@strapi/design-system';
import { Lightning, Question } from '@strapi/icons';
import { styled } from 'styled-components';
import type { DeliveryRow, EntryReference } from '../../../../contracts';
import { AllowedProvider, useAllowed } from '../../api/useAllowed';
import { useOutcome } from '../../api/useOutcome';
import { useResend } from '../../deliveries/api';
import { DeliveryStatus } from '../../deliveries/DeliveryStatus';
import { pluginPath } from '../../pluginId';
import { TriggerFromEntry } from '../../send/TriggerFromEntry';
import { useText } from '../../text/useText';
import { InlineLink } from '../../ui/InlineLink';
import { RelativeTime } from '../../ui/RelativeTime';
import { useWebhooks } from '../../webhooks/api';
import { WhyDialog } from '../../why/WhyDialog';
import { useEntryDeliveries } from './useEntryDeliveries';

/** The three newest deliveries of an entry, one action each, a link to all of them, and a manual trigger. */
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

/** Actions for an entry: trigger a webhook, or ask why none fired. */
function ByHand({ entry }: { entry: EntryReference }) {
  const { t } = useText();
  const { trigger, read } = useAllowed();
  const [open, setOpen] = useState<'trigger' | 'why' | null>(null);
  // Whether there is any: which one is chosen in the dialog.
  const { data } = useWebhooks({ pageSize: 1 }, { skip: !read });
  if (!data?.results.length) return null;
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
      {open === 'trigger' && <TriggerFromEntry entry={entry} onClose={close} />}
      {open === 'why' && <WhyDialog asked={{ entry }} onClose={close} />}
    </Flex>
  );
}

function Row({ row }: { row: DeliveryRow }) {
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
        <DeliveryStatus look="line" row={row} />
        <Resend row={row} />
      </Flex>
    </Item>
  );
}

function Resend({ row }: { row: DeliveryRow }) {
  const { t } = useText();
  const allowed = useAllowed();
  const tell = useOutcome();
  const [resend, { isLoading }] = useResend();
  const isWaiting = row.state === 'pending' && row.attempts > 0;
  const isOver = row.state === 'failed' || row.state === 'skipped' || row.state === 'cancelled';
  if (!allowed.deliveriesResend || !row.canResend || (!isWaiting && !isOver)) return null;
  return (
    <TextButton loading={isLoading} onClick={async () => tell(await resend(row.id), t('delivery.resent'))}>
      {t(row.attempts === 0 ? 'delivery.send_now' : 'delivery.resend')}
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
