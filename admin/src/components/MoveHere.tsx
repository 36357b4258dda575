import { Button } from '@strapi/design-system';
import { House } from '@strapi/icons';
import { useNotification } from '@strapi/strapi/admin';
import { useRefusal } from '../hooks/useRefusal';
import { useText } from '../hooks/useText';
import { useDecideHome } from '../services/settings';
import { ConfirmButton } from './ConfirmButton';

interface MoveHereProps {
  ids: readonly number[];
  /** What waits for them, as a sentence; where it is known. */
  waiting?: string;
}

/** Webhooks of another installation send from here from now on. It calls real receivers, so it asks first. */
export function MoveHere({ ids, waiting = '' }: MoveHereProps) {
  const { t } = useText();
  const decide = useHomeDecision();
  return (
    <ConfirmButton
      title={t('away.move_title')}
      variant="default"
      trigger={
        <Button variant="tertiary" startIcon={<House aria-hidden />}>
          {t('away.move')}
        </Button>
      }
      onConfirm={() => decide(ids, 'move')}
    >
      {t('away.move_question', { count: ids.length })} {waiting}
    </ConfirmButton>
  );
}

/** Decides where webhooks of another installation belong, and says how it went. */
export function useHomeDecision(): (ids: readonly number[], action: 'move' | 'discard') => Promise<void> {
  const { t } = useText();
  const { toggleNotification } = useNotification();
  const showRefusal = useRefusal();
  const [decide] = useDecideHome();
  return async (ids, action) => {
    const answer = await decide({ ids: [...ids], action });
    if ('error' in answer) showRefusal(answer.error);
    else toggleNotification({ type: 'success', message: t(`away.done.${action}`, { count: ids.length }) });
  };
}
