import type { ReactNode } from 'react';
import { Box, type BoxProps } from '@strapi/design-system';

interface CardProps extends Pick<BoxProps, 'padding'> {
  children: ReactNode;
}

/** The white (or, in the dark theme, lighter) surface for content. */
export function Card({ children, padding = 6 }: CardProps) {
  return (
    <Box background="neutral0" shadow="tableShadow" borderColor="neutral150" hasRadius padding={padding}>
      {children}
    </Box>
  );
}
