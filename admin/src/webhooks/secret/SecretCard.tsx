import { useState } from 'react';
import { Flex, Typography } from '@strapi/design-system';
import { useAllowed } from '../../api/useAllowed';
import { useText } from '../../text/useText';
import { Card } from '../../ui/Card';
import { RevealButton } from './RevealButton';
import { Secrets } from './Secrets';

interface SecretCardProps {
  webhookId: number;
  /** Right after the webhook was added its secret is what one needs next. */
  isShown?: boolean;
}

/** The signing secret where the receiver is set up: one click away, with *Copy*. */
export function SecretCard({ webhookId, isShown = false }: SecretCardProps) {
  const { t } = useText();
  const allowed = useAllowed();
  const [isRevealed, setRevealed] = useState(isShown);
  return (
    <Card>
      <Flex justifyContent="space-between" gap={4} wrap="wrap" paddingBottom={3}>
        <Typography variant="delta" fontWeight="bold" tag="h2">
          {t('form.secret.title')}
        </Typography>
        {allowed.revealSecret && (
          <RevealButton isRevealed={isRevealed} onTurn={() => setRevealed(!isRevealed)} />
        )}
      </Flex>
      <Typography tag="p" textColor="neutral600" paddingBottom={isRevealed ? 4 : 0}>
        {t(allowed.revealSecret ? 'form.secret.explained' : 'form.secret.not_allowed')}
      </Typography>
      {allowed.revealSecret && isRevealed && <Secrets id={webhookId} />}
    </Card>
  );
}
