import { useCallback } from 'react';
import type { InboxView } from '../../../contracts';
import { useCreateInbox } from '../services/inboxes';
import { useRefusal } from './useRefusal';

/** Makes an inbox of this Strapi, so that a webhook can be tried without any other service. */
export function useTestInbox() {
  const [create, { isLoading }] = useCreateInbox();
  const showRefusal = useRefusal();

  const make = useCallback(
    async (name: string): Promise<InboxView | null> => {
      const answer = await create({ name });
      if ('data' in answer) return answer.data;
      showRefusal(answer.error);
      return null;
    },
    [create, showRefusal],
  );
  return { make, isLoading };
}
