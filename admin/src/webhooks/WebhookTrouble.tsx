import type { ReactNode } from 'react';
import { Flex, Typography } from '@strapi/design-system';
import { Clock, WarningCircle } from '@strapi/icons';
import type { WebhookInTrouble } from '../../../contracts';
import { webhookPath } from '../navigation/paths';
import { useText } from '../text/useText';
import { InlineLink } from '../ui/InlineLink';
import { NoticeCard } from '../ui/NoticeCard';
import { RuledLine } from '../ui/RuledLine';
import { TintedBox } from '../ui/TintedBox';
import { Remedies } from './Remedy';
import { troubleOf, type Trouble } from './trouble';
import { useMissedWords } from './useMissedWords';
import { useTroubleWords } from './useTroubleWords';

interface WebhookTroubleProps {
  webhook: WebhookInTrouble;
  /**
   * `strip`: one line below a row of the list. `notice`: above the webhook's own page, with a heading. `line`: its name,
   * a sentence and the best remedy, where little room is.
   */
  look: 'strip' | 'notice' | 'line';
  /** By default the gravest that nobody chose. */
  trouble?: Trouble | null;
  /** Of a notice, before the remedies. */
  actions?: ReactNode;
}

/** What keeps a webhook from working as it should, and what helps; nothing where nothing does. */
export function WebhookTrouble({
  webhook,
  look,
  trouble = troubleOf(webhook),
  actions,
}: WebhookTroubleProps) {
  if (!trouble) return null;
  const props = { webhook, trouble };
  if (look === 'strip') return <Strip {...props} />;
  if (look === 'line') return <Line {...props} />;
  return <Notice {...props} actions={actions} />;
}

interface LookProps {
  webhook: WebhookInTrouble;
  trouble: Trouble;
}

function Strip({ webhook, trouble }: LookProps) {
  const { rich } = useText();
  const { sentence } = useTroubleWords();
  const missed = useMissedWords();
  const needsSomebody = webhook.needsAttention !== null;
  const Icon = needsSomebody ? WarningCircle : Clock;
  return (
    <TintedBox
      role="status"
      tone={trouble.tone}
      justifyContent="space-between"
      gap={4}
      wrap="wrap"
      padding={2}
      paddingLeft={3}
    >
      <Flex gap={2} flex="1" minWidth="min(20rem, 100%)" minHeight="3.2rem">
        <Icon aria-hidden fill={`${trouble.tone}600`} style={{ flex: 'none' }} />
        <Typography variant="pi">
          {needsSomebody
            ? rich('attention.line', {
                b: (words) => <b>{words}</b>,
                reason: sentence(trouble),
                missed: webhook.missed > 0 ? missed(webhook.missed) : '',
              })
            : sentence(trouble)}
        </Typography>
      </Flex>
      <Flex gap={2} wrap="wrap">
        <Remedies trouble={trouble} webhook={webhook} />
      </Flex>
    </TintedBox>
  );
}

function Notice({ webhook, trouble, actions }: LookProps & Pick<WebhookTroubleProps, 'actions'>) {
  const { title, why } = useTroubleWords();
  const missed = useMissedWords();
  return (
    <NoticeCard
      tone={trouble.tone}
      icon={<WarningCircle aria-hidden fill={`${trouble.tone}600`} style={{ flex: 'none', marginTop: 2 }} />}
      actions={
        <Flex gap={2} wrap="wrap">
          {actions}
          <Remedies trouble={trouble} webhook={webhook} />
        </Flex>
      }
    >
      <Typography fontWeight="bold" tag="p">
        {title(trouble)}
      </Typography>
      <Typography tag="p" paddingTop={1}>
        {why(trouble)}
        {isOff(trouble) && webhook.missed > 0 && ` ${missed(webhook.missed)}`}
      </Typography>
    </NoticeCard>
  );
}

/** It sends nothing, and what happens meanwhile is missed. */
export const isOff = ({ code }: Trouble): boolean => code === 'paused' || code === 'disabled';

function Line({ webhook, trouble }: LookProps) {
  const { sentence } = useTroubleWords();
  return (
    <RuledLine
      title={<InlineLink to={webhookPath(webhook.id)}>{webhook.name}</InlineLink>}
      action={<Remedies isOne trouble={trouble} webhook={webhook} />}
    >
      {sentence(trouble)}
    </RuledLine>
  );
}
