import type { PauseView } from '../../../../contracts';
import { useAllowed } from '../../hooks/useAllowed';
import { usePauseWords } from '../../hooks/usePauseWords';
import { useText } from '../../hooks/useText';
import { ResumeButton } from '../ResumeButton';
import { Banner } from './Banner';

/** Everything is paused: why, by whom, until when, and the way on. */
export function PauseBanner({ pause }: { pause: PauseView }) {
  const { t } = useText();
  const allowed = useAllowed();
  const words = usePauseWords();
  return (
    <Banner
      title={t('pause.is_paused', { reason: pause.reason })}
      actions={allowed.settingsUpdate && <ResumeButton />}
    >
      {words(pause)} {t('pause.waits')}
    </Banner>
  );
}
