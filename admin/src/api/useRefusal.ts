import { useCallback } from 'react';
import { useNotification } from '@strapi/strapi/admin';
import { useText } from '../text/useText';
import { apiErrorOf, problemsOf } from './api-error';
import { useProblemText } from './useProblemText';

/** Shows why the server refused something, in the administrator's language where the reason is known. */
export function useRefusal(): (error: unknown) => void {
  const { toggleNotification } = useNotification();
  const { t } = useText();
  const problemText = useProblemText();

  return useCallback(
    (error) => {
      const problems = problemsOf(error);
      const sentences = problems.map(({ message }) => problemText(message));
      const message = sentences.length > 0 ? sentences.join('\n') : problemText(apiErrorOf(error).message);
      toggleNotification({ type: 'danger', title: t('error.refused'), message });
    },
    [toggleNotification, t, problemText],
  );
}
