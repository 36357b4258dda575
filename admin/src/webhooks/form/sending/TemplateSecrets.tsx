import {
  Box,
  Button,
  Field,
  Flex,
  IconButton,
  TextButton,
  TextInput,
  Typography,
} from '@strapi/design-system';
import { Plus, Trash } from '@strapi/icons';
import { useField } from '@strapi/strapi/admin';
import { templateLimits, type TemplateSecret } from '../../../../../contracts';
import { useText } from '../../../text/useText';
import { useWebhookForm } from '../useWebhookForm';
import { leadsElsewhere } from '../webhook-form';

/** Secrets that a template names; their values are write-only. */
export function TemplateSecrets() {
  const { t } = useText();
  const { values, initialValues, set, disabled } = useWebhookForm();
  const { error } = useField('templateSecrets');
  const secrets = values.templateSecrets;
  const isMoved = leadsElsewhere(values, initialValues);
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <div>
        <Typography variant="pi" fontWeight="bold" tag="h4">
          {t('sending.secrets')}
        </Typography>
        <Typography variant="pi" textColor="neutral600" tag="p">
          {t('sending.secrets.hint', { example: '{{ secret.token }}' })}
        </Typography>
      </div>
      {secrets.map((secret, index) => (
        <SecretRow
          key={index}
          index={index}
          secret={secret}
          isStored={initialValues.templateSecrets.some(
            ({ name, value }) => value === null && name === secret.name,
          )}
          mustEnter={isMoved && secret.value === null}
          onChange={(changed) => set('templateSecrets', secrets.with(index, changed))}
          onRemove={() => set('templateSecrets', secrets.toSpliced(index, 1))}
        />
      ))}
      {typeof error === 'string' && (
        <Typography variant="pi" textColor="danger600" data-strapi-field-error>
          {error}
        </Typography>
      )}
      <Box>
        <Button
          variant="tertiary"
          startIcon={<Plus aria-hidden />}
          disabled={disabled || secrets.length >= templateLimits.secrets}
          onClick={() => set('templateSecrets', [...secrets, { name: '', value: '' }])}
        >
          {t('sending.secrets.add')}
        </Button>
      </Box>
    </Flex>
  );
}

interface SecretRowProps {
  index: number;
  secret: TemplateSecret;
  /** One of this name is stored: it can be replaced and removed, not renamed. */
  isStored: boolean;
  /** Its stored value must not be sent to the current URL. */
  mustEnter: boolean;
  onChange: (secret: TemplateSecret) => void;
  onRemove: () => void;
}

// The same number of dots for every value: the length of a secret is confidential too.
const mask = '••••••••••••';

function SecretRow({ index, secret, isStored, mustEnter, onChange, onRemove }: SecretRowProps) {
  const { t } = useText();
  const { disabled } = useWebhookForm();
  const { error: nameError } = useField(`templateSecrets.${index}.name`);
  const { error: valueError } = useField(`templateSecrets.${index}.value`);
  const isKept = secret.value === null && !mustEnter;
  const again = mustEnter ? t('sending.secrets.enter_again') : undefined;
  return (
    <Flex gap={3} alignItems="flex-start" wrap="wrap" role="group" aria-label={secret.name}>
      <Field.Root name={`templateSecrets.${index}.name`} error={nameError} flex="1" minWidth="14rem">
        <Field.Label>{t('sending.secrets.name')}</Field.Label>
        <TextInput
          value={secret.name}
          disabled={disabled || (isStored && secret.value === null)}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onChange({ ...secret, name: event.target.value })}
        />
        <Field.Error />
      </Field.Root>
      <Field.Root
        name={`templateSecrets.${index}.value`}
        error={valueError ?? again}
        flex="2"
        minWidth="18rem"
      >
        <Field.Label
          action={
            isKept && !disabled ? (
              <TextButton onClick={() => onChange({ ...secret, value: '' })}>
                {t('sending.secrets.replace')}
              </TextButton>
            ) : null
          }
        >
          {t('sending.secrets.value')}
        </Field.Label>
        <TextInput
          value={isKept ? mask : (secret.value ?? '')}
          disabled={disabled || isKept}
          type={isKept ? 'text' : 'password'}
          autoComplete="new-password"
          spellCheck={false}
          onChange={(event) => onChange({ ...secret, value: event.target.value })}
        />
        <Field.Error />
      </Field.Root>
      <Box paddingTop={6}>
        <IconButton
          label={t('sending.secrets.remove', { name: secret.name })}
          variant="ghost"
          disabled={disabled}
          onClick={onRemove}
        >
          <Trash aria-hidden />
        </IconButton>
      </Box>
    </Flex>
  );
}
