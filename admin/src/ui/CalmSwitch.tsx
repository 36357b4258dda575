import { Switch } from '@strapi/design-system';
import { styled } from 'styled-components';

/** Grey while it is off: the design system's red would alarm for what somebody turned off on purpose. */
export const CalmSwitch = styled(Switch)`
  &&[data-state='unchecked'] {
    background-color: ${({ theme }) => theme.colors.neutral500};
  }
`;
