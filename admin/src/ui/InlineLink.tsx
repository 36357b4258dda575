import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { styled } from 'styled-components';

interface InlineLinkProps {
  to: string;
  children: ReactNode;
  /** It is next to other words: colour alone would not distinguish it. */
  isInText?: boolean;
}

/** A link within a sentence, with the size of the surrounding text, unlike the design system's own. */
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
