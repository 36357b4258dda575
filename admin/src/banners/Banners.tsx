import { Box, Flex } from '@strapi/design-system';
import { RESPONSIVE_DEFAULT_SPACING } from '@strapi/strapi/admin';
import { useAllowed } from '../api/useAllowed';
import { usePolling } from '../api/usePolling';
import { useStatus } from './api';
import { AwayBanner } from './kinds/AwayBanner';
import { ElsewhereBanner } from './kinds/ElsewhereBanner';
import { PauseBanner } from './kinds/PauseBanner';
import { StalledBanner } from './kinds/StalledBanner';

// The end of a pause, by time or by a colleague, is noticed within this time.
const refreshMs = 10_000;

/** Conditions that affect all deliveries, above every screen of the plugin. */
export function Banners() {
  const allowed = useAllowed();
  const { data, refetch } = useStatus(undefined, { skip: !allowed.read });
  usePolling(refetch, allowed.read ? refreshMs : null);
  if (!data) return null;
  const { pause, away, awayWaiting, stalledSince, deliveredBy } = data;
  if (pause === null && away.length === 0 && stalledSince === null && deliveredBy === null) return null;
  return (
    <Box paddingTop={4} paddingLeft={RESPONSIVE_DEFAULT_SPACING} paddingRight={RESPONSIVE_DEFAULT_SPACING}>
      <Flex direction="column" alignItems="stretch" gap={3}>
        {pause && <PauseBanner pause={pause} />}
        {stalledSince !== null && <StalledBanner since={stalledSince} />}
        {deliveredBy !== null && <ElsewhereBanner by={deliveredBy} />}
        {away.length > 0 && <AwayBanner away={away} waiting={awayWaiting} />}
      </Flex>
    </Box>
  );
}
