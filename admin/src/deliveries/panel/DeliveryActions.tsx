import { Button, Flex } from '@strapi/design-system';
import { ArrowClockwise, Cross } from '@strapi/icons';
import type { DeliveryDetail } from '../../../../contracts';
import { useAllowed } from '../../api/useAllowed';
import { useOutcome } from '../../api/useOutcome';
import { asCurl } from '../../http/curl';
import { useText } from '../../text/useText';
import { CopyButton } from '../../ui/code/CopyButton';
import { ConfirmButton } from '../../ui/dialog/ConfirmButton';
import { useCancelDelivery, useResend } from '../api';

/** Resend, cancel, copy as cURL. */
export function DeliveryActions({ delivery }: { delivery: DeliveryDetail }) {
  const { t } = useText();
  const allowed = useAllowed();
  const tell = useOutcome();
  const [resend, { isLoading: isResending }] = useResend();
  const [cancel] = useCancelDelivery();
  const request = delivery.attemptLog[0]?.request;
  const isWaiting = delivery.state === 'pending' || delivery.state === 'blocked';
  const isHead = delivery.keepsOthersWaiting;
  return (
    <Flex gap={2} wrap="wrap" paddingTop={4}>
      {allowed.deliveriesResend && delivery.canResend && (
        <Button
          startIcon={<ArrowClockwise aria-hidden />}
          loading={isResending}
          onClick={async () => tell(await resend(delivery.id), t('delivery.resent'))}
        >
          {t(delivery.attempts === 0 ? 'delivery.send_now' : 'delivery.resend')}
        </Button>
      )}
      {allowed.deliveriesResend && (isWaiting || isHead) && (
        <ConfirmButton
          title={t('delivery.cancel_title')}
          confirm={t(isHead ? 'delivery.cancel_head' : 'delivery.cancel_confirm')}
          keep={t('delivery.keep')}
          trigger={
            <Button variant="tertiary" startIcon={<Cross aria-hidden />}>
              {t(isHead ? 'delivery.cancel_head' : 'delivery.cancel')}
            </Button>
          }
          onConfirm={async () => void tell(await cancel(delivery.id), t('delivery.cancelled'))}
        >
          {t(isHead ? 'delivery.cancel_head_question' : 'delivery.cancel_question', {
            webhook: delivery.webhookName,
          })}
        </ConfirmButton>
      )}
      {request && (
        <CopyButton
          look="button"
          label={t('copy.curl')}
          value={asCurl({ ...request, headers: Object.entries(request.headers) })}
        />
      )}
    </Flex>
  );
}
