import { Box, Flex } from '@strapi/design-system';
import { SubNav } from '@strapi/strapi/admin';
import { useLocation } from 'react-router-dom';
import { pluginPath } from '../pluginId';
import { useText } from '../text/useText';
import { useSections } from './useSections';

/** Webhooks · Deliveries · Events · Inbox; a page without permission has no link. */
export function SideNav() {
  const { t } = useText();
  const { pathname } = useLocation();
  const sections = useSections();
  const isElsewhere = sections.some(({ path }) => path !== pluginPath && pathname.startsWith(path));

  return (
    <SubNav.Main aria-label={t('plugin.name')}>
      <SubNav.Header label={t('plugin.name')} />
      <Box paddingTop={2} paddingLeft={2} paddingRight={2}>
        <Flex tag="ul" direction="column" alignItems="stretch" gap="2px">
          {sections.map(({ path, label }) => (
            <li key={path}>
              {/* The list's address is the beginning of all others, of its own form too. */}
              <SubNav.Link to={path} end={path === pluginPath && isElsewhere} label={label} />
            </li>
          ))}
        </Flex>
      </Box>
    </SubNav.Main>
  );
}
