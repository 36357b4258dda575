import { Button, Flex, Typography } from '@strapi/design-system';
import { Trash } from '@strapi/icons';
import { useAllowed } from '../../api/useAllowed';
import { useText } from '../../text/useText';

interface SelectionBarProps {
  count: number;
  isBusy: boolean;
  onAction: (action: 'enable' | 'disable' | 'delete') => void;
}

/** Actions for all selected webhooks. */
export function SelectionBar({ count, isBusy, onAction }: SelectionBarProps) {
  const { t } = useText();
  const allowed = useAllowed();
  return (
    <Flex gap={2} wrap="wrap" role="toolbar" aria-label={t('list.selected', { count })}>
      <Typography textColor="neutral600">{t('list.selected', { count })}</Typography>
      {allowed.update && (
        <Button size="S" variant="secondary" disabled={isBusy} onClick={() => onAction('enable')}>
          {t('list.bulk.enable')}
        </Button>
      )}
      {allowed.update && (
        <Button size="S" variant="tertiary" disabled={isBusy} onClick={() => onAction('disable')}>
          {t('list.bulk.disable')}
        </Button>
      )}
      {allowed.delete && (
        <Button
          size="S"
          variant="danger-light"
          startIcon={<Trash aria-hidden />}
          disabled={isBusy}
          onClick={() => onAction('delete')}
        >
          {t('list.bulk.delete')}
        </Button>
      )}
    </Flex>
  );
}
