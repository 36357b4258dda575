import { PlayButton } from '../api/PlayButton';
import { useText } from '../text/useText';
import { useResumeEverything } from './api';

/** Ends *Pause everything*: waiting deliveries are sent. */
export function ResumeButton() {
  const { t } = useText();
  const [resume, { isLoading }] = useResumeEverything();
  return (
    <PlayButton play={() => resume()} isBusy={isLoading} done={t('pause.resumed')}>
      {t('pause.resume')}
    </PlayButton>
  );
}
