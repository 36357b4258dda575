import { Box, Flex, Typography } from '@strapi/design-system';
import type { WhyOther } from '../../../../contracts';
import { useText } from '../../text/useText';
import { RelativeTime } from '../../ui/RelativeTime';

/** What did happen to the entry, and who waits for that: perhaps the webhook waits for the wrong event. */
export function WhyOthers({ others }: { others: readonly WhyOther[] }) {
  const { t, intl } = useText();
  if (others.length === 0) return null;
  return (
    <Box>
      <Typography variant="sigma" textColor="neutral600" tag="h3" paddingBottom={2} display="block">
        {t('why.others')}
      </Typography>
      <ul>
        {others.map(({ eventType, eventName, occurredAt, webhooks }) => (
          <Flex key={eventType} tag="li" gap={3} wrap="wrap" paddingTop={1} paddingBottom={1}>
            <Typography>{eventName}</Typography>
            <Typography textColor="neutral600">
              <RelativeTime at={occurredAt} />
            </Typography>
            <Typography textColor="neutral600">
              {webhooks.length === 0
                ? t('why.others.nobody')
                : t('why.others.wanted', { webhooks: intl.formatList(webhooks.map(({ name }) => name)) })}
            </Typography>
          </Flex>
        ))}
      </ul>
    </Box>
  );
}
