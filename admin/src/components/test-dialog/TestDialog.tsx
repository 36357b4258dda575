import { useEffect, useRef } from 'react';
import { Button, Flex, Loader, Modal } from '@strapi/design-system';
import { PaperPlane } from '@strapi/icons';
import { useNavigate } from 'react-router-dom';
import type { WebhookInput } from '../../../../contracts';
import { useAllowed } from '../../hooks/useAllowed';
import { useFocusBack } from '../../hooks/useFocusBack';
import { useText } from '../../hooks/useText';
import { useSendTest } from '../../services/webhooks';
import { deliveryPath } from '../../values/paths';
import { TestOutcome } from './TestOutcome';
import { TestPreparation } from './TestPreparation';
import { TestRefused } from './TestRefused';
import { useTestForm } from './useTestForm';

export interface TestTarget {
  webhookId?: number;
  /** What stands in the form; without it the webhook as it is saved. */
  webhook?: WebhookInput;
  host: string;
  /** Its subscriptions: their events come first in the choice. */
  events: readonly string[];
}

/** Says what will happen, sends one test event, and shows what came of it. */
export function TestDialog({ target, onClose }: { target: TestTarget; onClose: () => void }) {
  useFocusBack();
  const { t } = useText();
  const form = useTestForm(target.events);
  const sendButton = useRef<HTMLButtonElement>(null);
  const [send, { data: result, error, isLoading, reset }] = useSendTest();

  // A button that waits cannot hold the focus; it gets it back with the answer.
  useEffect(() => {
    if (!isLoading) sendButton.current?.focus();
  }, [isLoading]);

  const sendTest = () => {
    if (!form.input) return;
    reset();
    void send({ webhookId: target.webhookId, webhook: target.webhook, ...form.input });
  };

  return (
    <Modal.Root open onOpenChange={(open) => !open && onClose()}>
      <Modal.Content
        aria-describedby={undefined}
        // The next thing to do, not the way out, which would come first.
        onOpenAutoFocus={(event) => {
          event.preventDefault();
          sendButton.current?.focus();
        }}
      >
        <Modal.Header closeLabel={t('close')}>
          <Modal.Title>{t('test.send_test_event')}</Modal.Title>
        </Modal.Header>
        <Modal.Body>
          <div aria-live="polite">
            {isLoading || form.isLoading ? (
              <Sending host={target.host} />
            ) : error ? (
              <TestRefused error={error} />
            ) : result ? (
              <TestOutcome result={result} withEntry={form.source === 'entry'} />
            ) : (
              <TestPreparation host={target.host} form={form} />
            )}
          </div>
        </Modal.Body>
        <Modal.Footer>
          <Button variant="tertiary" onClick={onClose}>
            {t('close')}
          </Button>
          <Flex gap={2} wrap="wrap">
            {(result ?? error) !== undefined && !isLoading && (
              <Button variant="tertiary" onClick={reset}>
                {t('test.change')}
              </Button>
            )}
            {result?.deliveryId != null && !isLoading && <ViewDelivery id={result.deliveryId} />}
            <Button
              ref={sendButton}
              startIcon={<PaperPlane aria-hidden />}
              loading={isLoading}
              disabled={!form.input}
              onClick={sendTest}
            >
              {t((result ?? error) ? 'test.send_again' : 'test.send')}
            </Button>
          </Flex>
        </Modal.Footer>
      </Modal.Content>
    </Modal.Root>
  );
}

function Sending({ host }: { host: string }) {
  const { t } = useText();
  return (
    <Flex justifyContent="center" padding={10}>
      <Loader>{t('test.sending', { host })}</Loader>
    </Flex>
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
