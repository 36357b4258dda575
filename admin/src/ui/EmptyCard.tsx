import type { ReactNode } from 'react';
import { Box, EmptyStateLayout } from '@strapi/design-system';
import { EmptyDocuments } from '@strapi/icons/symbols';

/** In place of a list that has nothing in it: why, and what can be done. */
export function EmptyCard({ children, action }: { children: string; action?: ReactNode }) {
  return (
    <Box background="neutral0" shadow="tableShadow" hasRadius>
      <EmptyStateLayout
        icon={<EmptyDocuments width="16rem" aria-hidden />}
        content={children}
        action={action ? <>{action}</> : undefined}
      />
    </Box>
  );
}
