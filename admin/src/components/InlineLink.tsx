import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { styled } from 'styled-components';

/** A link within a sentence: it takes the size of the text around it, which the design system's own does not. */
export function InlineLink({ to, children }: { to: string; children: ReactNode }) {
  return <Anchor to={to}>{children}</Anchor>;
}

const Anchor = styled(Link)`
  color: ${({ theme }) => theme.colors.primary600};
  text-decoration: none;

  &:hover {
    text-decoration: underline;
  }
`;
