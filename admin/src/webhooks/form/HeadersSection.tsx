import { Box, Button, Flex, Typography } from '@strapi/design-system';
import { Plus } from '@strapi/icons';
import { useField } from '@strapi/strapi/admin';
import { limits } from '../../../../contracts';
import { useText } from '../../text/useText';
import { HeaderRow } from './HeaderRow';
import { useWebhookForm } from './useWebhookForm';
import { leadsElsewhere, type FormHeader } from './webhook-form';

/** "None", "2 added: authorization, x-team". */
export function useHeadersSummary(): string {
  const { t, intl } = useText();
  const { headers } = useWebhookForm().values;
  if (headers.length === 0) return t('form.headers.none');
  const names = intl.formatList(headers.map(({ name }) => name).filter(Boolean), { type: 'unit' });
  return t('form.headers.some', { count: headers.length, names });
}

/** Headers of every request; the values of secret ones are write-only. */
export function HeadersSection() {
  const { t } = useText();
  const { values, initialValues, set, disabled } = useWebhookForm();
  const { error } = useField('headers');
  const { headers } = values;

  const isMoved = leadsElsewhere(values, initialValues);
  const change = (index: number, header: FormHeader) => set('headers', headers.with(index, header));
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Typography tag="p" textColor="neutral600">
        {t('form.headers.explained')}
      </Typography>
      {headers.map((header, index) => (
        <HeaderRow
          key={index}
          index={index}
          header={header}
          mustEnter={isMoved && header.secret && header.value === null}
          onChange={(changed) => change(index, changed)}
          onRemove={() => set('headers', headers.toSpliced(index, 1))}
        />
      ))}
      {error && (
        <Typography variant="pi" textColor="danger600" data-strapi-field-error>
          {error}
        </Typography>
      )}
      <Box>
        <Button
          variant="tertiary"
          startIcon={<Plus aria-hidden />}
          disabled={disabled || headers.length >= limits.headersPerWebhook}
          onClick={() => set('headers', [...headers, { name: '', value: '', secret: false }])}
        >
          {t('form.headers.add')}
        </Button>
      </Box>
    </Flex>
  );
}
