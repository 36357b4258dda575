import { useCallback } from 'react';
import type { InboxView } from '../../../contracts';
import { useRefusal } from '../api/useRefusal';
import { useCreateInbox } from './api';

/** Makes an inbox of this Strapi, so that a webhook can be tried without any other service. */
export function useTestInbox() {
  const [create, { isLoading }] = useCreateInbox();
  const showRefusal = useRefusal();

  const make = useCallback(
    async (name: string): Promise<InboxView | null> => {
      const answer = await create({ name });
      // Its address is told to who may see inboxes: the buttons are shown to nobody else.
      if ('data' in answer) return 'url' in answer.data ? answer.data : null;
      showRefusal(answer.error);
      return null;
    },
    [create, showRefusal],
  );
  return { make, isLoading };
}
