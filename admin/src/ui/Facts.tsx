import type { ReactNode } from 'react';
import { Typography } from '@strapi/design-system';
import { styled } from 'styled-components';

/** Names on the left, as wide as they need and no narrower than `$names`; values on the right. */
export const Facts = styled.dl<{ $names: string }>`
  display: grid;
  grid-template-columns: minmax(${({ $names }) => $names}, max-content) minmax(0, 1fr);
  gap: 0.8rem 1.6rem;
  margin: 0;
  align-items: baseline;

  dd {
    margin: 0;
    min-width: 0;
  }
`;

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <Typography tag="dt" variant="pi" textColor="neutral600">
        {name}
      </Typography>
      <dd>{children}</dd>
    </>
  );
}
