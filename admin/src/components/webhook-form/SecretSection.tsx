import { useState } from 'react';
import { Button, Field, Flex, TextInput, Typography } from '@strapi/design-system';
import { Eye, EyeStriked, Key } from '@strapi/icons';
import type { WebhookView } from '../../../../contracts';
import { useAllowed } from '../../hooks/useAllowed';
import { useText } from '../../hooks/useText';
import { useSecret } from '../../services/webhooks';
import { CopyButton } from '../CopyButton';
import { ErrorPart, LoadingPart } from '../States';
import { RotateDialog } from './RotateDialog';

/** With what each request is signed. The secret is fetched only when somebody asks to see it. */
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
        <Button
          variant="tertiary"
          startIcon={isRevealed ? <EyeStriked aria-hidden /> : <Eye aria-hidden />}
          onClick={() => setRevealed(!isRevealed)}
        >
          {t(isRevealed ? 'form.secret.hide' : 'form.secret.reveal')}
        </Button>
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

function Secrets({ id }: { id: number }) {
  const { t, intl } = useText();
  const { data, error, isLoading, refetch } = useSecret(id, { refetchOnMountOrArgChange: true });
  if (isLoading) return <LoadingPart />;
  if (!data) return <ErrorPart error={error} onRetry={refetch} />;
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      {data.secrets.map(({ secret, validUntil }, index) => {
        const until =
          validUntil === null ? '' : intl.formatDate(validUntil, { dateStyle: 'medium', timeStyle: 'short' });
        const label = index === 0 ? t('form.secret.current') : t('form.secret.old', { until });
        return (
          <Field.Root key={secret} name={`secret-${index}`}>
            <Field.Label action={<CopyButton value={secret} />}>{label}</Field.Label>
            <TextInput value={secret} readOnly onFocus={(event) => event.target.select()} />
          </Field.Root>
        );
      })}
    </Flex>
  );
}
