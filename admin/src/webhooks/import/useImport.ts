import { useNotification } from '@strapi/strapi/admin';
import { useAllowed } from '../../api/useAllowed';
import { useRefusal } from '../../api/useRefusal';
import { useText } from '../../text/useText';
import { useImportWebhooks, useImportable } from './api';

/** Strapi's own webhooks that are not imported yet, and a function that imports them. */
export function useImport() {
  const { t, intl } = useText();
  const allowed = useAllowed();
  const showRefusal = useRefusal();
  const { toggleNotification } = useNotification();
  const { data } = useImportable(undefined, { skip: !allowed.create || !allowed.coreWebhooksRead });
  const [importThem, { isLoading }] = useImportWebhooks();
  const waiting = (data?.results ?? []).filter(({ imported }) => !imported);

  const run = async () => {
    const possible = waiting.filter(({ refused }) => refused === null);
    const answer = await importThem(possible.map(({ id }) => id));
    if ('error' in answer) {
      showRefusal(answer.error);
      return;
    }
    const { imported, refused } = answer.data;
    if (imported.length > 0) {
      toggleNotification({ type: 'success', message: t('import.done', { count: imported.length }) });
    }
    if (refused.length > 0) {
      const reasons = intl.formatList(refused.map(({ name, reason }) => `${name} (${reason})`));
      toggleNotification({ type: 'warning', message: t('import.refused', { reasons }), timeout: 20_000 });
    }
  };
  return { waiting, isLoading, run };
}
