import { Button, Flex, Typography } from '@strapi/design-system';
import { PaperPlane } from '@strapi/icons';
import { useAllowed } from '../api/useAllowed';
import { useOutcome } from '../api/useOutcome';
import { useText } from '../text/useText';
import { useReplayCount, useCreateReplay } from './api';

/**
 * What waits for another attempt, for hours perhaps, and the button that has it sent now: the receiver is mended. Nothing
 * where none waits; what waits for a webhook that is off is counted by nobody.
 */
export function SendWaiting({ webhookId }: { webhookId: number }) {
  const { t } = useText();
  const allowed = useAllowed();
  const tell = useOutcome();
  const question = { webhook: webhookId, state: 'retrying', which: 'waiting' } as const;
  const isAsked = allowed.deliveriesResend && allowed.deliveriesRead;
  const { data } = useReplayCount(question, { skip: !isAsked, refetchOnMountOrArgChange: true });
  const [send, { isLoading }] = useCreateReplay();
  const count = data?.count ?? 0;
  if (!isAsked || count === 0) return null;

  const press = async () => tell(await send(question), t('replay.started'));
  return (
    <Flex gap={4} wrap="wrap" justifyContent="space-between">
      <Typography>{t(data?.more ? 'webhook.waits_more' : 'webhook.waits', { count })}</Typography>
      <Button variant="secondary" startIcon={<PaperPlane aria-hidden />} loading={isLoading} onClick={press}>
        {t('webhook.send_waiting')}
      </Button>
    </Flex>
  );
}
