import { Checkbox, Field, Flex, IconButton, TextButton, TextInput } from '@strapi/design-system';
import { Trash } from '@strapi/icons';
import { useField } from '@strapi/strapi/admin';
import { useText } from '../../text/useText';
import { useWebhookForm } from './useWebhookForm';
import type { FormHeader } from './webhook-form';

interface HeaderRowProps {
  index: number;
  header: FormHeader;
  /** Its stored value must not be sent to the current URL. */
  mustEnter: boolean;
  onChange: (header: FormHeader) => void;
  onRemove: () => void;
}

// The same number of dots for every value: the length of a secret is confidential too.
const mask = '••••••••••••';

/**
 * One header: name, value, secret or not. A stored secret value is shown as dots and can only be replaced.
 */
export function HeaderRow({ index, header, mustEnter, onChange, onRemove }: HeaderRowProps) {
  const { t } = useText();
  const { disabled } = useWebhookForm();
  const { error: nameError } = useField(`headers.${index}.name`);
  const { error: valueError } = useField(`headers.${index}.value`);
  const isStored = header.secret && header.value === null && !mustEnter;
  const again = mustEnter ? t('form.headers.enter_again') : undefined;

  return (
    <Flex gap={3} alignItems="flex-start" wrap="wrap" role="group" aria-label={header.name}>
      <Field.Root name={`headers.${index}.name`} error={nameError} flex="1" minWidth="14rem">
        <Field.Label>{t('form.headers.name')}</Field.Label>
        <TextInput
          value={header.name}
          disabled={disabled}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onChange({ ...header, name: event.target.value })}
        />
        <Field.Error />
      </Field.Root>
      <Field.Root name={`headers.${index}.value`} error={valueError ?? again} flex="2" minWidth="18rem">
        <Field.Label
          action={
            isStored && !disabled ? (
              <TextButton onClick={() => onChange({ ...header, value: '' })}>
                {t('form.headers.replace')}
              </TextButton>
            ) : null
          }
        >
          {t('form.headers.value')}
        </Field.Label>
        <TextInput
          value={isStored ? mask : (header.value ?? '')}
          disabled={disabled || isStored}
          type={header.secret && !isStored ? 'password' : 'text'}
          autoComplete="new-password"
          spellCheck={false}
          onChange={(event) => onChange({ ...header, value: event.target.value })}
        />
        <Field.Error />
      </Field.Root>
      <Flex gap={3} paddingTop={5} height="6rem">
        <Checkbox
          checked={header.secret}
          disabled={disabled}
          // A stored value that becomes visible must be entered again: it is never returned.
          onCheckedChange={(secret) =>
            onChange({ ...header, secret: secret === true, value: header.value ?? '' })
          }
        >
          {t('form.headers.secret')}
        </Checkbox>
        <IconButton
          label={t('form.headers.remove', { name: header.name })}
          variant="ghost"
          disabled={disabled}
          onClick={onRemove}
        >
          <Trash aria-hidden />
        </IconButton>
      </Flex>
    </Flex>
  );
}
