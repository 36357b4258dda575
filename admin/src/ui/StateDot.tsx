import { styled } from 'styled-components';

export type DotLook = 'good' | 'waiting' | 'bad' | 'off';

/** A dot with a shape for each colour: full, ring, square, grey. Always next to words. */
export const StateDot = styled.span.attrs({ 'aria-hidden': true })<{ $look: DotLook }>`
  flex: none;
  width: 0.8rem;
  height: 0.8rem;
  margin-top: 0.6rem;
  border-radius: ${({ $look }) => ($look === 'bad' ? '1px' : '50%')};
  border: 2px solid
    ${({ theme, $look }) =>
      ({
        good: theme.colors.success600,
        waiting: theme.colors.warning600,
        bad: theme.colors.danger600,
        off: theme.colors.neutral400,
      })[$look]};
  background: ${({ theme, $look }) =>
    ({
      good: theme.colors.success600,
      waiting: 'transparent',
      bad: theme.colors.danger600,
      off: theme.colors.neutral400,
    })[$look]};
`;
