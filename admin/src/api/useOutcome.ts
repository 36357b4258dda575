import { useCallback } from 'react';
import { useNotification } from '@strapi/strapi/admin';
import { useRefusal } from './useRefusal';

/** Says how a change ended: why the server refused it, or what is done now. Gives whether it is done. */
export function useOutcome(): (answer: object, done?: string) => boolean {
  const { toggleNotification } = useNotification();
  const showRefusal = useRefusal();
  return useCallback(
    (answer, done) => {
      if ('error' in answer) {
        showRefusal(answer.error);
        return false;
      }
      if (done !== undefined) toggleNotification({ type: 'success', message: done });
      return true;
    },
    [toggleNotification, showRefusal],
  );
}
