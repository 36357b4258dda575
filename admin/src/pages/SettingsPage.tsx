import { Flex, Grid } from '@strapi/design-system';
import { Layouts, Page } from '@strapi/strapi/admin';
import { permissions, type SettingsView } from '../../../contracts';
import {
  AddressesCard,
  InstallationCard,
  ScheduleCard,
  SecretsCard,
} from '../components/settings/ConfiguredCards';
import { PauseCard } from '../components/settings/PauseCard';
import { QueueCard } from '../components/settings/QueueCard';
import { SettingsForm } from '../components/settings/SettingsForm';
import { ErrorPart, LoadingPart } from '../components/States';
import { useText } from '../hooks/useText';
import { useSettings } from '../services/settings';

/** What holds for all webhooks. */
export function SettingsPage() {
  return (
    <Page.Protect permissions={[{ action: permissions.settingsRead, subject: null }]}>
      <Settings />
    </Page.Protect>
  );
}

// A colleague's pause, or the end of one, shows without a reload.
const refreshMs = 10_000;

function Settings() {
  const { t } = useText();
  const { data, error, isLoading, refetch } = useSettings(undefined, {
    pollingInterval: refreshMs,
    refetchOnMountOrArgChange: true,
  });
  return (
    <Page.Main>
      <Page.Title>{t('settings.title')}</Page.Title>
      <Layouts.Header title={t('settings.title')} subtitle={t('settings.subtitle')} />
      <Layouts.Content>
        {isLoading && <LoadingPart />}
        {!isLoading && !data && <ErrorPart error={error} onRetry={refetch} />}
        {data && <Cards settings={data} />}
      </Layouts.Content>
    </Page.Main>
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
