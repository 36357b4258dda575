import { useCallback } from 'react';
import { useText } from '../text/useText';
import { problemText } from './problem-text';

/** A complaint of a validation rule, in the administrator's language where it is known. */
export function useProblemText(): (message: string) => string {
  const { t } = useText();
  return useCallback(
    (message) => {
      const known = problemText(message);
      return known ? t(known.id, known.values) : message;
    },
    [t],
  );
}
