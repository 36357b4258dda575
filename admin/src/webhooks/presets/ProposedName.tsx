import { useEffect, useState } from 'react';
import { Field, Flex, TextButton, TextInput, Typography } from '@strapi/design-system';
import { useField } from '@strapi/strapi/admin';
import { limits } from '../../../../contracts';
import type { Preset } from '../../../../contracts/presets';
import { useCatalog } from '../../events/useCatalog';
import { useText } from '../../text/useText';
import { useWebhookForm } from '../form/useWebhookForm';
import { proposedName } from './answers';

/** The name of a webhook that is made by a preset: it follows the events until it is changed. */
export function ProposedName({ preset }: { preset: Preset }) {
  const { t } = useText();
  const { nameOf } = useCatalog();
  const { values, set, disabled } = useWebhookForm();
  const { error } = useField('name');
  const [isOwn, setOwn] = useState(false);
  const proposed = proposedName(preset, values.events.map(nameOf)).slice(0, limits.nameLength);

  useEffect(() => {
    if (!isOwn && values.name !== proposed) set('name', proposed);
    // Only what is proposed changes it: what is typed stays.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [isOwn, proposed]);

  if (isOwn || error) {
    return (
      <Field.Root name="name" error={error} required>
        <Field.Label>{t('presets.name')}</Field.Label>
        <TextInput
          autoFocus={isOwn}
          value={values.name}
          disabled={disabled}
          autoComplete="off"
          onChange={(event) => {
            setOwn(true);
            set('name', event.target.value);
          }}
        />
        <Field.Error />
      </Field.Root>
    );
  }
  return (
    <Flex justifyContent="space-between" gap={4}>
      <div>
        <Typography fontWeight="bold" tag="p">
          {t('presets.name')}
        </Typography>
        <Typography variant="pi" textColor="neutral600" tag="p" style={{ overflowWrap: 'anywhere' }}>
          {values.name}
        </Typography>
      </div>
      {!disabled && <TextButton onClick={() => setOwn(true)}>{t('presets.rename')}</TextButton>}
    </Flex>
  );
}
