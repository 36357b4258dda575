import type { ReactNode } from 'react';
import { Box, Flex, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';

interface RuledLineProps {
  title: ReactNode;
  children: ReactNode;
  /** What can be done, at its end. */
  action?: ReactNode;
}

/** One of several below each other, with a rule above each: a title, a sentence, and what can be done. */
export function RuledLine({ title, children, action }: RuledLineProps) {
  return (
    <Rule>
      <Flex justifyContent="space-between" gap={4}>
        <Box minWidth={0}>
          <Typography fontWeight="bold" tag="p">
            {title}
          </Typography>
          <Typography variant="pi" textColor="neutral600" tag="p">
            {children}
          </Typography>
        </Box>
        <Box shrink={0}>{action}</Box>
      </Flex>
    </Rule>
  );
}

export const Rule = styled.div`
  padding: 1.2rem 0;
  border-top: 1px solid ${({ theme }) => theme.colors.neutral150};
`;
