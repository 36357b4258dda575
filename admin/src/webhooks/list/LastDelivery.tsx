import { Flex, Typography } from '@strapi/design-system';
import type { WebhookView } from '../../../../contracts';
import { NextTry } from '../../deliveries/NextTry';
import type { StateColour } from '../../deliveries/status';
import { useStatusText } from '../../deliveries/useStatusText';
import { useText } from '../../text/useText';
import { RelativeTime } from '../../ui/RelativeTime';
import { StateDot, type DotLook } from '../../ui/StateDot';

const looks: Record<StateColour, DotLook> = {
  success600: 'good',
  warning600: 'waiting',
  primary600: 'waiting',
  danger600: 'bad',
  neutral600: 'off',
};

/** The result of the newest delivery, and when; or when it is retried. */
export function LastDelivery({ webhook }: { webhook: WebhookView }) {
  const { t } = useText();
  const statusText = useStatusText();
  const last = webhook.lastDelivery;
  if (!last) {
    return (
      <Typography variant="pi" textColor="neutral600">
        {t('list.last.never')}
      </Typography>
    );
  }
  const { name, reason, colour, next } = statusText({ ...last, host: webhook.host });
  return (
    <Flex gap={2} alignItems="flex-start">
      <StateDot $look={webhook.active ? looks[colour] : 'off'} />
      <div>
        <Typography tag="p">{reason ? `${name}: ${reason}` : name}</Typography>
        <Typography variant="pi" textColor="neutral600" tag="p">
          {next === null ? <RelativeTime at={last.at} /> : <NextTry at={next} />}
        </Typography>
      </div>
    </Flex>
  );
}
