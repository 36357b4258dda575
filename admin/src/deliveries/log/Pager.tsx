import { Button, Flex } from '@strapi/design-system';
import { ChevronLeft, ChevronRight } from '@strapi/icons';
import { useText } from '../../text/useText';

interface PagerProps {
  onNewer: (() => void) | null;
  onOlder: (() => void) | null;
}

/** A log grows at its beginning: pages have no numbers, only newer and older. */
export function Pager({ onNewer, onOlder }: PagerProps) {
  const { t } = useText();
  if (!onNewer && !onOlder) return null;
  return (
    <Flex justifyContent="flex-end" gap={2} paddingTop={4}>
      <Button
        variant="tertiary"
        startIcon={<ChevronLeft aria-hidden />}
        disabled={!onNewer}
        onClick={() => onNewer?.()}
      >
        {t('deliveries.newer')}
      </Button>
      <Button
        variant="tertiary"
        endIcon={<ChevronRight aria-hidden />}
        disabled={!onOlder}
        onClick={() => onOlder?.()}
      >
        {t('deliveries.older')}
      </Button>
    </Flex>
  );
}
