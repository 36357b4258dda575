import { Flex, Grid } from '@strapi/design-system';
import type { SettingsView } from '../../../contracts';
import { ErrorPart, LoadingPart } from '../api/States';
import { usePolling } from '../api/usePolling';
import { useSettings } from '../settings/api';
import {
  AddressesCard,
  InstallationCard,
  ScheduleCard,
  SecretsCard,
} from '../settings/cards/ConfiguredCards';
import { PauseCard } from '../settings/cards/PauseCard';
import { QueueCard } from '../settings/cards/QueueCard';
import { SettingsForm } from '../settings/cards/SettingsForm';
import { useText } from '../text/useText';
import { Protected, Screen } from './Screen';

/** What holds for all webhooks. */
export function SettingsPage() {
  return (
    <Protected by="settingsRead">
      <Settings />
    </Protected>
  );
}

// A colleague's pause, or the end of one, shows without a reload.
const refreshMs = 10_000;

function Settings() {
  const { t } = useText();
  const { data, error, isLoading, refetch } = useSettings(undefined, { refetchOnMountOrArgChange: true });
  usePolling(refetch, refreshMs);
  return (
    <Screen title={t('settings.title')} subtitle={t('settings.subtitle')}>
      {isLoading && <LoadingPart />}
      {!isLoading && !data && <ErrorPart error={error} onRetry={refetch} />}
      {data && <Cards settings={data} />}
    </Screen>
  );
}

function Cards({ settings }: { settings: SettingsView }) {
  return (
    <Flex direction="column" alignItems="stretch" gap={6}>
      <PauseCard pause={settings.pause} />
      <QueueCard />
      <Grid.Root gap={6} style={{ alignItems: 'start' }}>
        <Grid.Item col={7} m={12} s={12} xs={12} direction="column" alignItems="stretch">
          <SettingsForm settings={settings} />
        </Grid.Item>
        <Grid.Item col={5} m={12} s={12} xs={12} direction="column" alignItems="stretch">
          <Flex direction="column" alignItems="stretch" gap={6}>
            <InstallationCard settings={settings} />
            <SecretsCard settings={settings} />
            <ScheduleCard settings={settings} />
            <AddressesCard settings={settings} />
          </Flex>
        </Grid.Item>
      </Grid.Root>
    </Flex>
  );
}
