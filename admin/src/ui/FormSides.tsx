import type { ReactNode } from 'react';
import { Box, Grid } from '@strapi/design-system';
import { styled } from 'styled-components';

/** The fields of a form with what sticks beside them; on narrow screens below them. */
export function FormSides({ children: [fields, side] }: { children: [ReactNode, ReactNode] }) {
  return (
    <Grid.Root gap={6}>
      <Grid.Item col={8} m={12} s={12} xs={12} direction="column" alignItems="stretch">
        {fields}
      </Grid.Item>
      <Grid.Item col={4} m={12} s={12} xs={12} direction="column" alignItems="stretch">
        <Sticky>{side}</Sticky>
      </Grid.Item>
    </Grid.Root>
  );
}

/** Stays visible below the page's own header, which Strapi keeps at the top while scrolling. */
const Sticky = styled(Box)`
  ${({ theme }) => theme.breakpoints.large} {
    position: sticky;
    top: 8rem;
  }
`;
