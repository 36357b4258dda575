import type { ReactNode } from 'react';
import { Flex, Typography } from '@strapi/design-system';
import { WarningCircle } from '@strapi/icons';

/** Under a field: what may be wrong; it keeps nobody from saving. */
export function WarningLine({ children }: { children: ReactNode }) {
  return (
    <Flex gap={2} role="status">
      <WarningCircle aria-hidden fill="warning600" style={{ flex: 'none' }} />
      <Typography variant="pi" textColor="neutral800">
        {children}
      </Typography>
    </Flex>
  );
}
