import { Button, Flex } from '@strapi/design-system';
import { ArrowClockwise, Cross } from '@strapi/icons';
import { useNotification } from '@strapi/strapi/admin';
import type { DeliveryDetail } from '../../../../contracts';
import { useAllowed } from '../../hooks/useAllowed';
import { useRefusal } from '../../hooks/useRefusal';
import { useText } from '../../hooks/useText';
import { useCancelDelivery, useResend } from '../../services/deliveries';
import { asCurl } from '../../values/curl';
import { ConfirmButton } from '../ConfirmButton';
import { CopyButton } from '../CopyButton';

/** Resend, cancel, copy as cURL. */
export function DeliveryActions({ delivery }: { delivery: DeliveryDetail }) {
  const { t } = useText();
  const allowed = useAllowed();
  const { toggleNotification } = useNotification();
  const showRefusal = useRefusal();
  const [resend, { isLoading: isResending }] = useResend();
  const [cancel] = useCancelDelivery();
  const request = delivery.attemptLog[0]?.request;
  // The same refusals as the server's: a button that must fail is none.
  const canResend =
    !delivery.test &&
    delivery.webhookId !== null &&
    delivery.body !== null &&
    delivery.state !== 'delivering';
  const isWaiting = delivery.state === 'pending' || delivery.state === 'blocked';
  const isHead = delivery.keepsOthersWaiting;

  const say = (answer: { data: unknown } | { error: unknown }, done: string) => {
    if ('error' in answer) showRefusal(answer.error);
    else toggleNotification({ type: 'success', message: done });
  };
  return (
    <Flex gap={2} wrap="wrap" paddingTop={4}>
      {allowed.deliveriesResend && canResend && (
        <Button
          startIcon={<ArrowClockwise aria-hidden />}
          loading={isResending}
          onClick={async () => say(await resend(delivery.id), t('delivery.resent'))}
        >
          {t(isWaiting ? 'delivery.send_now' : 'delivery.resend')}
        </Button>
      )}
      {allowed.deliveriesResend && (isWaiting || isHead) && (
        <ConfirmButton
          title={t('delivery.cancel_title')}
          trigger={
            <Button variant="tertiary" startIcon={<Cross aria-hidden />}>
              {t(isHead ? 'delivery.cancel_head' : 'delivery.cancel')}
            </Button>
          }
          onConfirm={async () => say(await cancel(delivery.id), t('delivery.cancelled'))}
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
