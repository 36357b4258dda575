import type { ReactNode } from 'react';
import { Box, Button, Flex, Popover } from '@strapi/design-system';
import { Filter } from '@strapi/icons';
import { useText } from '../../text/useText';

/** The button "Filters" and, in its window, one field for each of them. */
export function FilterPopover({ children }: { children: ReactNode }) {
  const { t } = useText();
  return (
    <Popover.Root>
      <Popover.Trigger>
        <Button variant="tertiary" startIcon={<Filter aria-hidden />}>
          {t('filter.filters')}
        </Button>
      </Popover.Trigger>
      <Popover.Content aria-label={t('filter.filters')} align="start" sideOffset={4}>
        <Box padding={4} width="28rem" maxHeight="60vh" overflow="auto">
          <Flex direction="column" alignItems="stretch" gap={4}>
            {children}
          </Flex>
        </Box>
      </Popover.Content>
    </Popover.Root>
  );
}
