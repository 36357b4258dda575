import { Box, Flex, Link } from '@strapi/design-system';
import { NavLink } from 'react-router-dom';
import { useSections } from '../hooks/useSections';
import { useText } from '../hooks/useText';

/** The side navigation for screens so narrow that Strapi hides it. */
export function SectionLinks() {
  const { t } = useText();
  const sections = useSections();
  return (
    <Box tag="nav" aria-label={t('plugin.name')} display={{ initial: 'block', medium: 'none' }} padding={4}>
      <Flex gap={4} wrap="wrap">
        {sections.map(({ path, label }) => (
          <Link key={path} tag={NavLink} to={path}>
            {label}
          </Link>
        ))}
      </Flex>
    </Box>
  );
}
