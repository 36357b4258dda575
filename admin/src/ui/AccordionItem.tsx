import { Accordion } from '@strapi/design-system';
import { styled } from 'styled-components';

/** An item of an accordion with its focus around it; expanded, the design system's looks the same with and without. */
export const AccordionItem = styled(Accordion.Item)`
  &:has(h3 :focus-visible) {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: -2px;
  }
`;
