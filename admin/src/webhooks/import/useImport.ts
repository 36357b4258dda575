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

  const run = async (disableOriginals: boolean) => {
    const possible = waiting.filter(({ refused }) => refused === null);
    const answer = await importThem({ ids: possible.map(({ id }) => id), disableOriginals });
    if ('error' in answer) {
      showRefusal(answer.error);
      return;
    }
    const { imported, refused } = answer.data;
    if (imported.length > 0) {
      toggleNotification({ type: 'success', message: t('import.done', { count: imported.length }) });
    }
    const stillOn = imported.filter(({ original }) => original === 'still_on');
    if (stillOn.length > 0) {
      const names = intl.formatList(stillOn.map(({ name }) => name));
      toggleNotification({ type: 'warning', message: t('import.still_on', { names }), timeout: 20_000 });
    }
    if (refused.length > 0) {
      const reasons = intl.formatList(refused.map(({ name, reason }) => `${name} (${reason})`));
      toggleNotification({ type: 'warning', message: t('import.refused', { reasons }), timeout: 20_000 });
    }
  };
  return { waiting, isLoading, run, mayDisable: allowed.coreWebhooksUpdate };
}
