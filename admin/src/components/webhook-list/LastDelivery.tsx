import { Flex, Typography } from '@strapi/design-system';
import type { LastDelivery as Delivery, WebhookView } from '../../../../contracts';
import { useText, type Texts } from '../../hooks/useText';
import { failureTexts } from '../../wording/failure-texts';
import { statusWords } from '../../wording/status-words';
import { RelativeTime } from '../RelativeTime';
import { StateDot, type DotLook } from '../StateDot';

/** What happened to the newest delivery, and when; or when it is tried again. */
export function LastDelivery({ webhook }: { webhook: WebhookView }) {
  const { t } = useText();
  const last = webhook.lastDelivery;
  if (!last) {
    return (
      <Typography variant="pi" textColor="neutral600">
        {t('list.last.never')}
      </Typography>
    );
  }
  // What waits for a webhook that is off is not retried before it is turned on again.
  const isRetried = last.state === 'pending' && webhook.active;
  const { look, words } = describe(last, isRetried, t);
  return (
    <Flex gap={2} alignItems="flex-start">
      <StateDot $look={webhook.active ? look : 'off'} />
      <div>
        <Typography tag="p">{words}</Typography>
        <Typography variant="pi" textColor="neutral600" tag="p">
          <RelativeTime at={isRetried ? (last.nextAttemptAt ?? last.at) : last.at} />
        </Typography>
      </div>
    </Flex>
  );
}

function describe(last: Delivery, isRetried: boolean, t: Texts['t']): { look: DotLook; words: string } {
  if (last.state === 'delivering') return { look: 'waiting', words: t('delivery.state.delivering') };
  if (isRetried) {
    const reason = last.httpStatus ?? outcomeWords(last, t);
    return {
      look: 'waiting',
      words: reason ? t('list.last.retry', { reason }) : t('delivery.state.pending'),
    };
  }
  const reason = outcomeWords(last, t);
  if (last.state === 'pending') return { look: 'waiting', words: reason ?? t('delivery.state.pending') };
  if (last.state === 'succeeded') return { look: 'good', words: reason ?? t('delivery.state.succeeded') };
  return { look: 'bad', words: reason ?? t('delivery.state.failed') };
}

function outcomeWords({ httpStatus, code }: Delivery, t: Texts['t']): string | null {
  if (httpStatus !== null) return statusWords(httpStatus);
  return code ? t(failureTexts(code, null).short) : null;
}
