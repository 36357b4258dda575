import type { PauseView } from '../../../../contracts';
import { useAllowed } from '../../api/useAllowed';
import { ResumeButton } from '../../settings/ResumeButton';
import { useText } from '../../text/useText';
import { Banner } from './Banner';
import { usePauseWords } from './usePauseWords';

/** Everything is paused: why, by whom, until when, and a button to resume. */
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
