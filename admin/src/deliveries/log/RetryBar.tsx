import { Button, Flex, Typography } from '@strapi/design-system';
import { ArrowClockwise } from '@strapi/icons';
import { useText } from '../../text/useText';

interface RetryBarProps {
  /** Number of selected rows. */
  count: number;
  /** Whether all visible rows are selected. */
  isWhole: boolean;
  isFiltered: boolean;
  canRetryAll: boolean;
  onSelected: () => void;
  onEverything: () => void;
}

/** Actions for the selected rows, or for all that match the filters, visible or not. */
export function RetryBar({
  count,
  isWhole,
  isFiltered,
  canRetryAll,
  onSelected,
  onEverything,
}: RetryBarProps) {
  const { t } = useText();
  if (count === 0 && !canRetryAll) return null;
  return (
    <Flex gap={2} wrap="wrap" paddingBottom={4} role="toolbar" aria-label={t('replay.title')}>
      {count > 0 && (
        <>
          <Typography textColor="neutral600">{t('deliveries.selected', { count })}</Typography>
          <Button variant="secondary" startIcon={<ArrowClockwise aria-hidden />} onClick={onSelected}>
            {t('replay.selected')}
          </Button>
        </>
      )}
      {canRetryAll && (isFiltered || isWhole) && (
        <Button variant="tertiary" startIcon={<ArrowClockwise aria-hidden />} onClick={onEverything}>
          {t(isFiltered ? 'replay.everything_filtered' : 'replay.everything')}
        </Button>
      )}
    </Flex>
  );
}
