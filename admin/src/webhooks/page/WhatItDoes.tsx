import { Box, Flex, Typography } from '@strapi/design-system';
import type { WebhookView } from '../../../../contracts';
import { SendWaiting } from '../../deliveries/SendWaiting';
import { useText } from '../../text/useText';
import { Card } from '../../ui/Card';
import { WebhookSentence } from '../form/Sentence';
import { SendMissed } from './SendMissed';

/** The webhook in one sentence, and what can be sent again. */
export function WhatItDoes({ webhook }: { webhook: WebhookView }) {
  const { t } = useText();
  return (
    <Card>
      <Typography variant="delta" fontWeight="bold" tag="h2" paddingBottom={3} display="block">
        {t('webhook.what_it_does')}
      </Typography>
      <WebhookSentence {...webhook} />
      {/* While it is off the button stands above, with the reason. */}
      {webhook.active && webhook.missed > 0 && (
        <Flex direction="column" alignItems="stretch" paddingTop={4}>
          <SendMissed webhook={webhook} />
        </Flex>
      )}
      <Box paddingTop={4}>{webhook.state === 'active' && <SendWaiting webhookId={webhook.id} />}</Box>
    </Card>
  );
}
