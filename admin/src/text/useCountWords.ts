import { useCallback } from 'react';
import type { Count } from '../../../contracts';
import { useText, type TextId } from './useText';

/** A count that may stop at its limit, in a text with `{count, plural, …}` and `{more, select, yes {+} …}`. */
export function useCountWords(): (id: TextId, count: Count) => string {
  const { t } = useText();
  return useCallback((id, { count, more }) => t(id, { count, more: more ? 'yes' : 'no' }), [t]);
}
