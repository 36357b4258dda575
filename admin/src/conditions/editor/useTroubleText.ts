import { useText } from '../../text/useText';
import type { RowTrouble } from '../subjects';

/** Why a stored condition can hold no more, in words. */
export function useTroubleText(): (trouble: RowTrouble) => string {
  const { t } = useText();
  return (trouble) =>
    trouble.kind === 'option_gone'
      ? t('only_when.trouble.option_gone', { option: trouble.option })
      : t(`only_when.trouble.${trouble.kind}`);
}
