import { Box, Flex } from '@strapi/design-system';
import { RESPONSIVE_DEFAULT_SPACING } from '@strapi/strapi/admin';
import { useAllowed } from '../../hooks/useAllowed';
import { useStatus } from '../../services/settings';
import { AwayBanner } from './AwayBanner';
import { PauseBanner } from './PauseBanner';
import { StalledBanner } from './StalledBanner';

// A pause that ends by its time, or is ended by a colleague, is told no longer than this.
const refreshMs = 10_000;

/** What holds deliveries as a whole, above every screen of the plugin. */
export function Banners() {
  const allowed = useAllowed();
  const { data } = useStatus(undefined, { skip: !allowed.read, pollingInterval: refreshMs });
  if (!data) return null;
  const { pause, away, awayWaiting, stalledSince } = data;
  if (pause === null && away.length === 0 && stalledSince === null) return null;
  return (
    <Box paddingTop={4} paddingLeft={RESPONSIVE_DEFAULT_SPACING} paddingRight={RESPONSIVE_DEFAULT_SPACING}>
      <Flex direction="column" alignItems="stretch" gap={3}>
        {pause && <PauseBanner pause={pause} />}
        {stalledSince !== null && <StalledBanner since={stalledSince} />}
        {away.length > 0 && <AwayBanner away={away} waiting={awayWaiting} />}
      </Flex>
    </Box>
  );
}
