import type { ReactNode } from 'react';
import { Flex, Typography } from '@strapi/design-system';
import { WarningCircle } from '@strapi/icons';
import type { WebhookView } from '../../../../contracts';
import { useAllowed } from '../../hooks/useAllowed';
import { useText } from '../../hooks/useText';
import { stateNotices, type StateNotice } from '../../wording/webhook-state';
import { MoveHere } from '../MoveHere';
import { Remedy, ResumeNow, TurnOn } from '../Remedy';
import { SendMissed } from './SendMissed';

const dayMs = 24 * 3_600_000;

/** Above everything: the state with its reason, and its one remedy. */
export function StateNotices({ webhook }: { webhook: WebhookView }) {
  const notices = stateNotices(webhook);
  if (notices.length === 0) return null;
  return (
    <Flex direction="column" alignItems="stretch" gap={2} paddingBottom={6}>
      {notices.map((notice) => (
        <Notice key={notice.title} notice={notice} webhook={webhook} />
      ))}
    </Flex>
  );
}

function Notice({ notice, webhook }: { notice: StateNotice; webhook: WebhookView }) {
  const { t, intl } = useText();
  const { tone, title, reason, detail, until, remedy } = notice;
  const isFar = until !== null && until - Date.now() > dayMs;
  const time =
    until === null
      ? ''
      : isFar
        ? intl.formatDate(until, { dateStyle: 'medium', timeStyle: 'short' })
        : intl.formatTime(until, { timeStyle: 'short' });
  const since =
    webhook.failingSince === null
      ? ''
      : intl.formatDate(webhook.failingSince, { dateStyle: 'medium', timeStyle: 'short' });
  const isOff = remedy === 'turn_on';

  return (
    <Flex
      role="status"
      gap={4}
      wrap="wrap"
      justifyContent="space-between"
      background={`${tone}100`}
      borderColor={`${tone}200`}
      shadow="tableShadow"
      hasRadius
      padding={5}
    >
      <Flex gap={3} alignItems="flex-start" flex="1" minWidth="26rem">
        <WarningCircle aria-hidden fill={`${tone}600`} style={{ flex: 'none', marginTop: 2 }} />
        <div>
          <Typography fontWeight="bold" tag="p">
            {t(title, { time })}
          </Typography>
          <Typography tag="p" paddingTop={1}>
            {t(reason, { detail, since })}
            {isOff && webhook.missed > 0 && ` ${t('attention.missed', { count: webhook.missed })}`}
          </Typography>
        </div>
      </Flex>
      <Flex gap={2} wrap="wrap">
        {isOff && <SendMissed webhook={webhook} />}
        <NoticeRemedy remedy={remedy} webhook={webhook} />
      </Flex>
    </Flex>
  );
}

interface NoticeRemedyProps {
  remedy: StateNotice['remedy'];
  webhook: WebhookView;
}

function NoticeRemedy({ remedy, webhook }: NoticeRemedyProps): ReactNode {
  const allowed = useAllowed();
  if (remedy === 'need') return <Remedy webhook={webhook} />;
  if (remedy === null || !allowed.update) return null;
  if (remedy === 'resume') return <ResumeNow webhook={webhook} />;
  if (remedy === 'move_here') return <MoveHere ids={[webhook.id]} />;
  return <TurnOn webhook={webhook} />;
}
