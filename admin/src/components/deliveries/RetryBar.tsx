import { Button, Flex, Typography } from '@strapi/design-system';
import { ArrowClockwise } from '@strapi/icons';
import { useText } from '../../hooks/useText';

interface RetryBarProps {
  /** Rows that are ticked. */
  count: number;
  /** Whether all rows in sight are ticked. */
  isWhole: boolean;
  isFiltered: boolean;
  onSelected: () => void;
  onEverything: () => void;
}

/** What can be done with the rows that are ticked, or with all that fit the filters, in sight or not. */
export function RetryBar({ count, isWhole, isFiltered, onSelected, onEverything }: RetryBarProps) {
  const { t } = useText();
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
      {(isFiltered || isWhole) && (
        <Button variant="tertiary" startIcon={<ArrowClockwise aria-hidden />} onClick={onEverything}>
          {t(isFiltered ? 'replay.everything_filtered' : 'replay.everything')}
        </Button>
      )}
    </Flex>
  );
}
