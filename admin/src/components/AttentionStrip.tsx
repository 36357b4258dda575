import { Flex, Typography } from '@strapi/design-system';
import { Clock, WarningCircle } from '@strapi/icons';
import { replayCountAtMost, type WebhookView } from '../../../contracts';
import { useText } from '../hooks/useText';
import { attentionOf, holdOf } from '../wording/attention';
import { Remedy } from './Remedy';

/** What is wrong with a webhook, or why it waits, in one line, and its one remedy. */
export function AttentionStrip({ webhook }: { webhook: WebhookView }) {
  const { t, rich, intl } = useText();
  const attention = attentionOf(webhook);
  const hold = holdOf(webhook);
  if (!attention && !hold) return null;
  const Icon = attention ? WarningCircle : Clock;

  return (
    <Flex
      role="status"
      justifyContent="space-between"
      gap={4}
      wrap="wrap"
      background="warning100"
      borderColor="warning200"
      hasRadius
      padding={2}
      paddingLeft={3}
    >
      <Flex gap={2} flex="1" minWidth="20rem" minHeight="3.2rem">
        <Icon aria-hidden fill="warning600" style={{ flex: 'none' }} />
        <Typography variant="pi">
          {attention
            ? rich('attention.line', {
                b: (words) => <b>{words}</b>,
                reason: t(attention.text, attention.values),
                missed:
                  webhook.missed > 0
                    ? t('attention.missed', {
                        count: Math.min(webhook.missed, replayCountAtMost),
                        more: webhook.missed > replayCountAtMost ? 'yes' : 'no',
                      })
                    : '',
              })
            : hold && (
                <>
                  {t(hold.text, { detail: '' })}
                  {hold.until !== null &&
                    ` ${t('delivery.held_until', { time: intl.formatTime(hold.until) })}`}
                </>
              )}
        </Typography>
      </Flex>
      <Remedy webhook={webhook} />
    </Flex>
  );
}
