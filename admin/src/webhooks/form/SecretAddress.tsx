import { useState } from 'react';
import { Box, Checkbox, Field, Flex, TextButton, TextInput, Typography } from '@strapi/design-system';
import { Eye, EyeStriked, WarningCircle } from '@strapi/icons';
import { useField } from '@strapi/strapi/admin';
import { isSecretAddress, type WebhookView } from '../../../../contracts';
import { ErrorPart, LoadingPart } from '../../api/States';
import { useAllowed } from '../../api/useAllowed';
import { useText } from '../../text/useText';
import { CopyButton } from '../../ui/code/CopyButton';
import { useSecret } from '../api';
import { useWebhookForm } from './useWebhookForm';

interface SecretAddressProps {
  webhook: WebhookView | null;
  /** Whether the stored URL is kept, of which the form shows the host only. */
  isKept: boolean;
}

/** The switch that makes the URL secret; a stored one can be shown with permission. */
export function SecretAddress({ webhook, isKept }: SecretAddressProps) {
  const { t } = useText();
  const allowed = useAllowed();
  const { values, set, disabled } = useWebhookForm();
  const { error } = useField('urlSecret');
  const [isRevealed, setRevealed] = useState(false);
  // The server refuses it too: the switch must not reveal the stored URL.
  const mustEnter = isKept && !allowed.revealSecret;
  const isAdvised = !values.urlSecret && isSecretAddress(values.url);

  return (
    <Field.Root
      name="urlSecret"
      error={error}
      hint={t(mustEnter ? 'form.url.secret_fixed' : 'form.url.secret_hint')}
    >
      <Flex justifyContent="space-between" gap={4} wrap="wrap">
        <Checkbox
          checked={values.urlSecret}
          disabled={disabled || mustEnter}
          onCheckedChange={(checked) => set('urlSecret', checked === true)}
        >
          {t('form.url.secret')}
        </Checkbox>
        {isKept && allowed.revealSecret && (
          <TextButton
            startIcon={isRevealed ? <EyeStriked aria-hidden /> : <Eye aria-hidden />}
            onClick={() => setRevealed(!isRevealed)}
          >
            {t(isRevealed ? 'form.url.conceal' : 'form.url.reveal')}
          </TextButton>
        )}
      </Flex>
      <Field.Error />
      <Field.Hint />
      {isAdvised && (
        <Flex gap={2} role="status">
          <WarningCircle aria-hidden fill="warning600" style={{ flex: 'none' }} />
          <Typography variant="pi" textColor="neutral800">
            {t('form.url.secret_advised')}
          </Typography>
        </Flex>
      )}
      {isKept && isRevealed && webhook && (
        <Box paddingTop={3}>
          <Address id={webhook.id} />
        </Box>
      )}
    </Field.Root>
  );
}

function Address({ id }: { id: number }) {
  const { t } = useText();
  const { data, error, isLoading, refetch } = useSecret(id, { refetchOnMountOrArgChange: true });
  if (isLoading) return <LoadingPart />;
  if (!data) return <ErrorPart error={error} onRetry={refetch} />;
  return (
    <Field.Root name="revealedAddress">
      <Field.Label action={<CopyButton value={data.url ?? ''} />}>{t('form.url.whole')}</Field.Label>
      <TextInput value={data.url ?? ''} readOnly onFocus={(event) => event.target.select()} />
    </Field.Root>
  );
}
