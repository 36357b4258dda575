import { useCallback } from 'react';
import type { ActorChoice } from '../../../contracts';
import { useText } from '../text/useText';

/** Somebody in words: "the API token Site", "an API token" where the name is not known. */
export function useActorWords(): (actor: ActorChoice) => string {
  const { t } = useText();
  return useCallback(
    ({ type, name }) =>
      type === 'system' || name === null
        ? t(`condition.anybody.${type}`)
        : t(`condition.named.${type}`, { name: t('condition.quoted', { text: name }) }),
    [t],
  );
}
