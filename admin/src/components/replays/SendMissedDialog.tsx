import { useRef } from 'react';
import { Button, Flex, Modal, Typography } from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';
import { replayCountAtMost, type WebhookView } from '../../../../contracts';
import { useFocusBack } from '../../hooks/useFocusBack';
import { useRefusal } from '../../hooks/useRefusal';
import { useText } from '../../hooks/useText';
import { useCreateReplay } from '../../services/replays';
import { useBulkWebhooks } from '../../services/webhooks';

/** As much of a webhook as it takes to turn it on. */
export type TurnedOff = Pick<WebhookView, 'id' | 'name' | 'missed'>;

interface SendMissedDialogProps {
  webhook: TurnedOff;
  onClose: () => void;
}

/** Turns a webhook on and asks whether what it missed while it was off is to be sent; not unless that is chosen. */
export function SendMissedDialog({ webhook, onClose }: SendMissedDialogProps) {
  useFocusBack();
  const { t } = useText();
  const { toggleNotification } = useNotification();
  const showRefusal = useRefusal();
  const usual = useRef<HTMLButtonElement>(null);
  const [change, changing] = useBulkWebhooks();
  const [replay, replaying] = useCreateReplay();
  const isBusy = changing.isLoading || replaying.isLoading;
  const { name, missed } = webhook;
  const count = Math.min(missed, replayCountAtMost);
  const more = missed > replayCountAtMost ? 'yes' : 'no';

  const turnOn = async (withMissed: boolean) => {
    const turned = await change({ ids: [webhook.id], action: 'enable' });
    if ('error' in turned) {
      showRefusal(turned.error);
      return;
    }
    toggleNotification({ type: 'success', message: t('list.done.enable', { count: 1, name }) });
    if (withMissed) {
      const started = await replay({ webhook: webhook.id, which: 'skipped' });
      if ('error' in started) showRefusal(started.error);
      else toggleNotification({ type: 'success', message: t('replay.started') });
    }
    onClose();
  };
  return (
    <Modal.Root open onOpenChange={(open) => !open && onClose()}>
      <Modal.Content
        aria-describedby={undefined}
        // What is usual, not what sends the most.
        onOpenAutoFocus={(event) => {
          event.preventDefault();
          usual.current?.focus();
        }}
      >
        <Modal.Header closeLabel={t('close')}>
          <Modal.Title>{t('missed.title', { name })}</Modal.Title>
        </Modal.Header>
        <Modal.Body>
          <Typography tag="p">{t('missed.question', { count, more })}</Typography>
          <Typography variant="pi" textColor="neutral600" tag="p" paddingTop={3}>
            {t('missed.explained')}
          </Typography>
        </Modal.Body>
        <Modal.Footer>
          <Button variant="tertiary" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Flex gap={2} wrap="wrap">
            <Button variant="secondary" disabled={isBusy} onClick={() => turnOn(true)}>
              {t('missed.with', { count, more })}
            </Button>
            <Button ref={usual} loading={isBusy} onClick={() => turnOn(false)}>
              {t('missed.without')}
            </Button>
          </Flex>
        </Modal.Footer>
      </Modal.Content>
    </Modal.Root>
  );
}
