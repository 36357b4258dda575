import { useState } from 'react';
import { Box, Flex, TextButton, Typography } from '@strapi/design-system';
import { presetFor } from '../../../../contracts/presets';
import { useText } from '../../text/useText';
import { TintedBox } from '../../ui/TintedBox';
import { useWebhookForm } from '../form/useWebhookForm';
import { PresetLogo } from './logos/PresetLogo';
import { offerFor } from './offer';

/**
 * The preset of the service of a URL, in one line; it may be left alone. `isNew`: nothing is stored yet; of a saved webhook
 * only a URL that was just entered is looked at.
 */
export function PresetOffer({ isNew }: { isNew: boolean }) {
  const { t } = useText();
  const { values, initialValues, getValues, setValues, disabled } = useWebhookForm();
  const [declined, setDeclined] = useState<string | null>(null);
  const { url } = values;
  const offer = disabled || (url === initialValues.url && !isNew) ? null : offerFor(values);
  if (!offer || declined === offer.preset.id) return null;
  const { name, id } = offer.preset;
  return (
    <TintedBox tone="primary" padding={3} gap={3} alignItems="flex-start" role="status">
      <Box color="primary600" style={{ flex: 'none' }}>
        <PresetLogo id={id} size={20} />
      </Box>
      <Flex direction="column" alignItems="flex-start" gap={1}>
        <Typography variant="pi">
          {t('presets.offer', { name })}
          {offer.replacesFormat && ` ${t('presets.offer_replaces')}`}
        </Typography>
        <Flex gap={4}>
          <TextButton onClick={() => setValues({ ...getValues(), ...offer.changes })}>
            {t('presets.use')}
          </TextButton>
          <TextButton onClick={() => setDeclined(id)}>{t('presets.not_now')}</TextButton>
        </Flex>
      </Flex>
    </TintedBox>
  );
}

/** Key of the text that says why a URL of a known service will not work; null: nothing is known. */
export const addressWarning = (url: string): string | null => presetFor(url)?.warning ?? null;
