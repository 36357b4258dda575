import { Badge } from '@strapi/design-system';
import { styled } from 'styled-components';

/** A badge on the ground of its colour; the design system's own words are too faint on that. */
export const ReadableBadge = styled(Badge)`
  &&,
  && * {
    color: ${({ theme }) => theme.colors.neutral800};
  }
`;
