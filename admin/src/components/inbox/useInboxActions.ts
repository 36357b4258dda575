import { useNotification } from '@strapi/strapi/admin';
import type { InboxSettings, InboxView } from '../../../../contracts';
import { useRefusal } from '../../hooks/useRefusal';
import { useText } from '../../hooks/useText';
import { useClearInbox, useDeleteInbox, useUpdateInbox } from '../../services/inboxes';

/** What can be done with an inbox; each says how it went. */
export function useInboxActions() {
  const { t } = useText();
  const { toggleNotification } = useNotification();
  const showRefusal = useRefusal();
  const [update] = useUpdateInbox();
  const [clearRequests] = useClearInbox();
  const [deleteInbox] = useDeleteInbox();

  const report = (result: { data: unknown } | { error: unknown }, done: string): boolean => {
    if ('error' in result) {
      showRefusal(result.error);
      return false;
    }
    toggleNotification({ type: 'success', message: done });
    return true;
  };
  return {
    answer: async ({ token, name, answerStatus, answerDelaySeconds }: InboxView, changes: InboxSettings) =>
      report(
        await update({ token, settings: { name, answerStatus, answerDelaySeconds, ...changes } }),
        t('inbox.answer_changed'),
      ),
    clear: async ({ token }: InboxView) => report(await clearRequests(token), t('inbox.cleared')),
    remove: async ({ token }: InboxView) => report(await deleteInbox(token), t('inbox.deleted')),
  };
}
