import { Badge, type BadgeProps } from '@strapi/design-system';
import { styled } from 'styled-components';

const edges = {
  primary: 'primary600',
  secondary: 'secondary600',
  alternative: 'alternative600',
  success: 'success600',
  warning: 'warning600',
  danger: 'danger600',
  neutral: 'neutral400',
} as const satisfies Record<NonNullable<BadgeProps['variant']>, string>;

/**
 * A badge on the ground of its colour, with an edge of it: the design system's own words are too faint on that, and in
 * the dark theme all grounds are the same.
 */
export const ReadableBadge = styled(Badge)`
  && {
    border: 1px solid ${({ theme, variant = 'neutral' }) => theme.colors[edges[variant]]};
  }
  &&,
  && * {
    color: ${({ theme }) => theme.colors.neutral800};
  }
`;
