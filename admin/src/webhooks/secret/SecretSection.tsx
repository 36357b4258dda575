import { useState } from 'react';
import { Button, Flex, Typography } from '@strapi/design-system';
import { Key } from '@strapi/icons';
import type { WebhookView } from '../../../../contracts';
import { useAllowed } from '../../api/useAllowed';
import { useText } from '../../text/useText';
import { RevealButton } from './RevealButton';
import { RotateDialog } from './RotateDialog';
import { Secrets } from './Secrets';

/** The key of the signature. The secret is fetched only on request. */
export function SecretSection({ webhook }: { webhook: WebhookView | null }) {
  const { t } = useText();
  const allowed = useAllowed();
  const [isRevealed, setRevealed] = useState(false);
  const [isRotating, setRotating] = useState(false);

  if (!webhook) return <Typography tag="p">{t('form.secret.new')}</Typography>;
  if (!allowed.revealSecret) return <Typography tag="p">{t('form.secret.not_allowed')}</Typography>;
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Typography tag="p" textColor="neutral600">
        {t('form.secret.explained')}
      </Typography>
      {isRevealed && <Secrets id={webhook.id} />}
      <Flex gap={2} wrap="wrap">
        <RevealButton isRevealed={isRevealed} onTurn={() => setRevealed(!isRevealed)} />
        {allowed.update && (
          <Button variant="tertiary" startIcon={<Key aria-hidden />} onClick={() => setRotating(true)}>
            {t('form.secret.rotate')}
          </Button>
        )}
      </Flex>
      {isRotating && (
        <RotateDialog
          id={webhook.id}
          onClose={() => setRotating(false)}
          onRotated={() => setRevealed(true)}
        />
      )}
    </Flex>
  );
}
