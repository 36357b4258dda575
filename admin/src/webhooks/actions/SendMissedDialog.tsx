import { useRef } from 'react';
import { Button, Typography } from '@strapi/design-system';
import { replayCountAtMost, type WebhookView } from '../../../../contracts';
import { useOutcome } from '../../api/useOutcome';
import { useCreateReplay } from '../../deliveries/api';
import { useText } from '../../text/useText';
import { DialogFrame } from '../../ui/dialog/DialogFrame';
import { useBulkWebhooks } from '../api';

/** The parts of a webhook that are needed to turn it on. */
export type TurnedOff = Pick<WebhookView, 'id' | 'name' | 'missed'>;

interface SendMissedDialogProps {
  webhook: TurnedOff;
  onClose: () => void;
}

/**
 * Turns a webhook on and asks whether events missed while it was off should be sent; not unless that is
 * chosen.
 */
export function SendMissedDialog({ webhook, onClose }: SendMissedDialogProps) {
  const { t } = useText();
  const tell = useOutcome();
  const usual = useRef<HTMLButtonElement>(null);
  const [change, changing] = useBulkWebhooks();
  const [replay, replaying] = useCreateReplay();
  const isBusy = changing.isLoading || replaying.isLoading;
  const { name, missed } = webhook;
  const count = Math.min(missed, replayCountAtMost);
  const more = missed > replayCountAtMost ? 'yes' : 'no';

  const turnOn = async (withMissed: boolean) => {
    const turned = await change({ ids: [webhook.id], action: 'enable' });
    if (!tell(turned, t('list.done.enable', { count: 1, name }))) return;
    if (withMissed) tell(await replay({ webhook: webhook.id, which: 'skipped' }), t('replay.started'));
    onClose();
  };
  return (
    <DialogFrame
      title={t('missed.title', { name })}
      onClose={onClose}
      // The usual choice, not the one that sends the most.
      firstFocus={usual}
      actions={
        <>
          <Button variant="secondary" disabled={isBusy} onClick={() => turnOn(true)}>
            {t('missed.with', { count, more })}
          </Button>
          <Button ref={usual} loading={isBusy} onClick={() => turnOn(false)}>
            {t('missed.without')}
          </Button>
        </>
      }
    >
      <Typography tag="p">{t('missed.question', { count, more })}</Typography>
      <Typography variant="pi" textColor="neutral600" tag="p" paddingTop={3}>
        {t('missed.explained')}
      </Typography>
    </DialogFrame>
  );
}
