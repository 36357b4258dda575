import { useNotification } from '@strapi/strapi/admin';
import { useAllowed } from '../../hooks/useAllowed';
import { useRefusal } from '../../hooks/useRefusal';
import { useText } from '../../hooks/useText';
import { useImportWebhooks, useImportable } from '../../services/importable';

/** Strapi's own webhooks that are not taken over yet, and the way to take them over. */
export function useImport() {
  const { t, intl } = useText();
  const allowed = useAllowed();
  const showRefusal = useRefusal();
  const { toggleNotification } = useNotification();
  const { data } = useImportable(undefined, { skip: !allowed.create });
  const [importThem, { isLoading }] = useImportWebhooks();
  const waiting = (data?.results ?? []).filter(({ imported }) => !imported);

  const run = async () => {
    const answer = await importThem(waiting.map(({ id }) => id));
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
  return { count: waiting.length, isLoading, run };
}
