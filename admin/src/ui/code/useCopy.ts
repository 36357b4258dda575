import { useCallback } from 'react';
import { useClipboard, useNotification } from '@strapi/strapi/admin';
import { useText } from '../../text/useText';

/** Puts a text on the clipboard and says whether that worked (browsers refuse it without HTTPS). */
export function useCopy(): (value: string) => Promise<boolean> {
  const { copy } = useClipboard();
  const { toggleNotification } = useNotification();
  const { t } = useText();

  return useCallback(
    async (value) => {
      const copied = await copy(value);
      if (!copied) toggleNotification({ type: 'warning', message: t('copy.refused') });
      return copied;
    },
    [copy, toggleNotification, t],
  );
}
