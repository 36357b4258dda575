import { Box, Flex, Link } from '@strapi/design-system';
import { NavLink, useLocation } from 'react-router-dom';
import { styled } from 'styled-components';
import { pluginPath } from '../pluginId';
import { useText } from '../text/useText';
import { useSections } from './useSections';

/** The side navigation for narrow screens, on which Strapi hides it. */
export function SectionLinks() {
  const { t } = useText();
  const sections = useSections();
  const { pathname } = useLocation();
  const isElsewhere = sections.some(({ path }) => path !== pluginPath && pathname.startsWith(path));
  return (
    <Box tag="nav" aria-label={t('plugin.name')} display={{ initial: 'block', medium: 'none' }} padding={4}>
      <Flex gap={4} wrap="wrap">
        {sections.map(({ path, label }) => (
          // The list's address is the beginning of all others, of a webhook's page too.
          <Section key={path} tag={NavLink} to={path} end={path === pluginPath && isElsewhere}>
            {label}
          </Section>
        ))}
      </Flex>
    </Box>
  );
}

/** Where one is: underlined and bold, not told by colour alone. */
const Section = styled(Link)`
  &[aria-current='page'] span {
    color: ${({ theme }) => theme.colors.primary700};
    font-weight: ${({ theme }) => theme.fontWeights.bold};
    text-decoration: underline;
    text-underline-offset: 0.4rem;
  }
`;
