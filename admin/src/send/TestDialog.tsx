import { Button } from '@strapi/design-system';
import { PaperPlane } from '@strapi/icons';
import { useNavigate } from 'react-router-dom';
import type { WebhookInput } from '../../../contracts';
import { useAllowed } from '../api/useAllowed';
import { deliveryPath } from '../navigation/paths';
import { useText } from '../text/useText';
import { useSendTest } from './api';
import { Refused } from './dialog/Refused';
import { SendDialog } from './dialog/SendDialog';
import { TestOutcome, TestSentOnly } from './dialog/TestOutcome';
import { TestPreparation } from './dialog/TestPreparation';
import { useSendForm } from './dialog/useSendForm';

export interface TestTarget {
  webhookId?: number;
  /** The values of the form; without them the saved webhook. */
  webhook?: WebhookInput;
  host: string;
  /** Its subscriptions: their events come first in the choice. */
  events: readonly string[];
}

/** Says what will happen, sends one test event, and shows the result. */
export function TestDialog({ target, onClose }: { target: TestTarget; onClose: () => void }) {
  const { t } = useText();
  const { webhookId, webhook, host } = target;
  const form = useSendForm({ subscriptions: target.events });
  const { event, entry, withEntry } = form;
  const [send, { data: result, error, isLoading: isSending, reset }] = useSendTest();
  const isAnswered = (result ?? error) !== undefined;

  const sendTest = () => {
    if (!event) return;
    reset();
    void send({ webhookId, webhook, eventType: event.type, entry });
  };

  return (
    <SendDialog
      title={t('test.send_test_event')}
      onClose={onClose}
      sending={t('test.sending', { host })}
      isLoading={form.isLoading}
      isSending={isSending}
      isButtonFirst
      button={{
        label: t(isAnswered ? 'test.send_again' : 'test.send'),
        icon: <PaperPlane aria-hidden />,
        isDisabled: !event || (withEntry && !entry),
        onPress: sendTest,
      }}
      others={
        isAnswered &&
        !isSending && (
          <>
            <Button variant="tertiary" onClick={reset}>
              {t('test.change')}
            </Button>
            {result?.deliveryId != null && <ViewDelivery id={result.deliveryId} />}
          </>
        )
      }
    >
      {error ? (
        <Refused title={t('test.refused')} error={error} />
      ) : result && !('ok' in result) ? (
        <TestSentOnly sent={result} />
      ) : result ? (
        <TestOutcome result={result} webhookId={webhookId} withEntry={withEntry} />
      ) : (
        <TestPreparation host={host} form={form} />
      )}
    </SendDialog>
  );
}

function ViewDelivery({ id }: { id: number }) {
  const { t } = useText();
  const allowed = useAllowed();
  const navigate = useNavigate();
  if (!allowed.deliveriesRead) return null;
  return (
    <Button variant="secondary" onClick={() => navigate(deliveryPath(id))}>
      {t('test.view_in_deliveries')}
    </Button>
  );
}
