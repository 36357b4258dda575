import { useState } from 'react';
import { Box, Flex, TextButton, Typography } from '@strapi/design-system';
import { presetFor } from '../../../../contracts/presets';
import { useText } from '../../text/useText';
import { TintedBox } from '../../ui/TintedBox';
import { useWebhookForm } from '../form/useWebhookForm';
import { PresetLogo } from './logos/PresetLogo';
import { offerFor } from './offer';

/** Of a URL that was just entered: the preset of its service, in one line. It may be left alone. */
export function PresetOffer() {
  const { t } = useText();
  const { values, initialValues, getValues, setValues, disabled } = useWebhookForm();
  const [declined, setDeclined] = useState<string | null>(null);
  const { url } = values;
  const isNew = initialValues.format === 'standard' && initialValues.template === null;
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
