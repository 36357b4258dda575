import { Box, Flex, Typography } from '@strapi/design-system';
import { Key, WarningCircle } from '@strapi/icons';
import type { SettingsView } from '../../../../contracts';
import { retrySpan, spanOf } from '../../text/retry-span';
import { useSpanText } from '../../text/useSpanText';
import { useText } from '../../text/useText';
import { Fact, Facts } from '../../ui/Facts';
import { Mono } from '../../ui/Mono';
import { SettingsCard } from './SettingsCard';

interface Settings {
  settings: SettingsView;
}

/** When a failed delivery is retried, in words, and when a webhook is disabled. */
export function ScheduleCard({ settings }: Settings) {
  const { t, intl } = useText();
  const spanText = useSpanText();
  const { retryScheduleSeconds: schedule, disableAfterDays } = settings;
  const span = retrySpan(schedule);
  const waits = intl.formatList(
    schedule.map((seconds) => spanText(spanOf(seconds))),
    { type: 'unit' },
  );
  return (
    <SettingsCard
      title={t('schedule.title')}
      fixedBy="delivery.retryScheduleSeconds, delivery.disableAfterDays"
    >
      <Typography tag="p">
        {span
          ? t('schedule.retries', { count: schedule.length, span: spanText(span), waits })
          : t('schedule.no_retries')}
      </Typography>
      <Typography tag="p">{t('schedule.own')}</Typography>
      <Typography tag="p">{t('schedule.disables', { days: disableAfterDays })}</Typography>
    </SettingsCard>
  );
}

/** Private addresses that are allowed. */
export function AddressesCard({ settings }: Settings) {
  const { t } = useText();
  const { allow, allowPrivate } = settings;
  return (
    <SettingsCard title={t('addresses.title')} fixedBy="addresses.allow, addresses.allowPrivate">
      <Typography tag="p">{t(allowPrivate ? 'addresses.private' : 'addresses.public')}</Typography>
      {allow.length > 0 ? (
        <div>
          <Typography tag="p">{t('addresses.besides')}</Typography>
          <Box tag="ul" paddingTop={1}>
            {allow.map((entry) => (
              <li key={entry}>
                <Mono>{entry}</Mono>
              </li>
            ))}
          </Box>
        </div>
      ) : (
        <Typography variant="pi" textColor="neutral600" tag="p">
          {t('addresses.none')}
        </Typography>
      )}
    </SettingsCard>
  );
}

/** Where this process runs, by which a copied database is recognised. */
export function InstallationCard({ settings }: Settings) {
  const { t } = useText();
  const { here, homeEnabled } = settings;
  return (
    <SettingsCard title={t('installation.title')} fixedBy="home.name, home.also, home.enabled">
      <Facts $names="8rem">
        <Fact name={t('installation.name')}>
          <Typography>{here.name ?? t('installation.no_name')}</Typography>
        </Fact>
        <Fact name={t('installation.host')}>
          <Typography>{here.host ?? t('installation.no_host')}</Typography>
        </Fact>
        <Fact name={t('installation.environment')}>
          <Typography>{here.environment}</Typography>
        </Fact>
      </Facts>
      <Typography variant="pi" textColor={homeEnabled ? 'neutral600' : 'neutral800'} tag="p">
        {t(homeEnabled ? 'installation.guarded' : 'installation.unguarded')}
      </Typography>
    </SettingsCard>
  );
}

/** The key that encrypts signing secrets and secret headers. */
export function SecretsCard({ settings }: Settings) {
  const { t } = useText();
  const isOwnKey = settings.secretsKey === 'encryption_key';
  const Icon = isOwnKey ? Key : WarningCircle;
  return (
    <SettingsCard title={t('secrets.title')}>
      <Flex gap={3} alignItems="flex-start">
        <Icon
          aria-hidden
          fill={isOwnKey ? 'success600' : 'warning600'}
          style={{ flex: 'none', marginTop: '0.3rem' }}
        />
        <div>
          <Typography tag="p">{t(isOwnKey ? 'secrets.own_key' : 'secrets.app_keys')}</Typography>
          {!isOwnKey && (
            <Typography variant="pi" textColor="neutral600" tag="p" paddingTop={1}>
              {t('secrets.app_keys_hint')}
            </Typography>
          )}
        </div>
      </Flex>
    </SettingsCard>
  );
}
