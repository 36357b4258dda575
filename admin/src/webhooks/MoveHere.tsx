import { Button } from '@strapi/design-system';
import { House } from '@strapi/icons';
import { useOutcome } from '../api/useOutcome';
import { useText } from '../text/useText';
import { ConfirmButton } from '../ui/dialog/ConfirmButton';
import { useDecideHome } from './api';

interface MoveHereProps {
  ids: readonly number[];
  /** A sentence about their waiting deliveries, if known. */
  waiting?: string;
}

/**
 * Webhooks of another installation send from here from now on. This calls real receivers, so it asks for
 * confirmation.
 */
export function MoveHere({ ids, waiting = '' }: MoveHereProps) {
  const { t } = useText();
  const decide = useHomeDecision();
  return (
    <ConfirmButton
      title={t('away.move_title')}
      confirm={t('away.move')}
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

/** Decides which installation webhooks belong to, and shows the result. */
export function useHomeDecision(): (ids: readonly number[], action: 'move' | 'discard') => Promise<void> {
  const { t } = useText();
  const tell = useOutcome();
  const [decide] = useDecideHome();
  return async (ids, action) => {
    tell(await decide({ ids: [...ids], action }), t(`away.done.${action}`, { count: ids.length }));
  };
}
