import { Button } from '@strapi/design-system';
import { Play } from '@strapi/icons';
import { useNotification } from '@strapi/strapi/admin';
import { useRefusal } from '../hooks/useRefusal';
import { useText } from '../hooks/useText';
import { useResumeEverything } from '../services/settings';

interface PlayButtonProps {
  children: string;
  /** Said when it has begun to go again. */
  done: string;
  isBusy: boolean;
  play: () => Promise<object>;
}

/** Lets go on what waits; says how that went. */
export function PlayButton({ children, done, isBusy, play }: PlayButtonProps) {
  const { toggleNotification } = useNotification();
  const showRefusal = useRefusal();
  return (
    <Button
      variant="tertiary"
      startIcon={<Play aria-hidden />}
      loading={isBusy}
      onClick={async () => {
        const answer = await play();
        if ('error' in answer) showRefusal(answer.error);
        else toggleNotification({ type: 'success', message: done });
      }}
    >
      {children}
    </Button>
  );
}

/** Ends *Pause everything*: what waits goes. */
export function ResumeButton() {
  const { t } = useText();
  const [resume, { isLoading }] = useResumeEverything();
  return (
    <PlayButton play={() => resume()} isBusy={isLoading} done={t('pause.resumed')}>
      {t('pause.resume')}
    </PlayButton>
  );
}
