import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { styled } from 'styled-components';

interface InlineLinkProps {
  to: string;
  children: ReactNode;
  /** Other words stand beside it: colour alone would not tell it from them. */
  isInText?: boolean;
}

/** A link within a sentence: it takes the size of the text around it, which the design system's own does not. */
export function InlineLink({ to, children, isInText = false }: InlineLinkProps) {
  return (
    <Anchor to={to} $underlined={isInText}>
      {children}
    </Anchor>
  );
}

const Anchor = styled(Link)<{ $underlined: boolean }>`
  color: ${({ theme }) => theme.colors.primary600};
  text-decoration: ${({ $underlined }) => ($underlined ? 'underline' : 'none')};

  &:hover {
    text-decoration: underline;
  }
`;
