import { Flex, Typography } from '@strapi/design-system';
import { PlayButton } from '../../api/PlayButton';
import { useAllowed } from '../../api/useAllowed';
import { useText } from '../../text/useText';
import { useMatchAgain } from '../api';

/** An event that was set aside: what to put right, and the button that has its webhooks looked for once more. */
export function MatchAgain({ eventId }: { eventId: number | null }) {
  const { t } = useText();
  const allowed = useAllowed();
  const [matchAgain, { isLoading }] = useMatchAgain();
  const mayPress = allowed.deliveriesResend && eventId !== null;
  return (
    <Flex direction="column" alignItems="flex-start" gap={2}>
      <Typography tag="p">{t(mayPress ? 'why.remedy.match_again' : 'why.remedy.error')}</Typography>
      {mayPress && (
        <PlayButton play={() => matchAgain(eventId)} isBusy={isLoading} done={t('why.match_again.done')}>
          {t('why.match_again')}
        </PlayButton>
      )}
    </Flex>
  );
}
