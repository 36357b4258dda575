import type { InboxSettings, InboxView } from '../../../../contracts';
import { useOutcome } from '../../api/useOutcome';
import { useText } from '../../text/useText';
import { useClearInbox, useDeleteInbox, useUpdateInbox } from '../api';

/** The actions of an inbox; each shows its result. */
export function useInboxActions() {
  const { t } = useText();
  const tell = useOutcome();
  const [update] = useUpdateInbox();
  const [clearRequests] = useClearInbox();
  const [deleteInbox] = useDeleteInbox();
  return {
    // What is changed alone: the rest may have been changed a moment ago, and would be turned back.
    answer: async ({ token }: InboxView, changes: InboxSettings) =>
      tell(await update({ token, settings: changes }), t('inbox.answer_changed')),
    clear: async ({ token }: InboxView) => tell(await clearRequests(token), t('inbox.cleared')),
    remove: async ({ token }: InboxView) => tell(await deleteInbox(token), t('inbox.deleted')),
  };
}
