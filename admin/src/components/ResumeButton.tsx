import { Button } from '@strapi/design-system';
import { Play } from '@strapi/icons';
import { useNotification } from '@strapi/strapi/admin';
import { useRefusal } from '../hooks/useRefusal';
import { useText } from '../hooks/useText';
import { useResumeEverything } from '../services/settings';

/** Ends *Pause everything*: what waits goes. */
export function ResumeButton() {
  const { t } = useText();
  const { toggleNotification } = useNotification();
  const showRefusal = useRefusal();
  const [resume, { isLoading }] = useResumeEverything();
  return (
    <Button
      variant="tertiary"
      startIcon={<Play aria-hidden />}
      loading={isLoading}
      onClick={async () => {
        const answer = await resume();
        if ('error' in answer) showRefusal(answer.error);
        else toggleNotification({ type: 'success', message: t('pause.resumed') });
      }}
    >
      {t('pause.resume')}
    </Button>
  );
}
