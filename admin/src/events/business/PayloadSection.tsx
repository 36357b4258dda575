import { Box, Flex, Typography } from '@strapi/design-system';
import { useField } from '@strapi/strapi/admin';
import { styled } from 'styled-components';
import { FieldTreeEditor } from '../../fields/FieldTreeEditor';
import { useText } from '../../text/useText';
import { Card } from '../../ui/Card';
import { RadioField } from '../../ui/RadioField';
import { withKind, type FormPayload } from './event-form';
import { EventPreviewPart } from './EventPreviewPart';
import { PathRows } from './PathRows';
import { useBusinessEventForm } from './useBusinessEventForm';
import type { EventPreview } from './useEventPreview';

const kinds: readonly FormPayload['kind'][] = ['whole', 'fields', 'paths'];

/** What is sent, and beside it what comes of it. */
export function PayloadSection({ preview }: { preview: EventPreview }) {
  const { t } = useText();
  const { values, set, disabled } = useBusinessEventForm();
  const { error } = useField('payload.fields');
  const { payload, contentType } = values;
  const change = (part: Partial<FormPayload>) => set('payload', { ...payload, ...part });
  return (
    <Card padding={7}>
      <Columns>
        <Flex direction="column" alignItems="stretch" gap={5}>
          <Typography variant="beta" tag="h2">
            {t('events.what_is_sent')}
          </Typography>
          <RadioField
            label={t('business.payload')}
            choices={kinds.map((kind) => ({ value: kind, label: t(`business.payload.${kind}`) }))}
            value={payload.kind}
            disabled={disabled}
            onChange={(kind) => set('payload', withKind(payload, kind))}
          />
          {contentType === '' && payload.kind !== 'whole' && (
            <Typography variant="pi" textColor="neutral600" tag="p">
              {t('business.when.no_type')}
            </Typography>
          )}
          {contentType !== '' && payload.kind === 'fields' && (
            <div>
              <FieldTreeEditor
                uid={contentType}
                value={payload.fields}
                disabled={disabled}
                onChange={(fields) => change({ fields })}
              />
              {typeof error === 'string' && (
                <Typography variant="pi" textColor="danger600" tag="p" data-strapi-field-error>
                  {error}
                </Typography>
              )}
            </div>
          )}
          {contentType !== '' && payload.kind === 'paths' && <PathRows />}
        </Flex>
        <Box minWidth={0}>
          <EventPreviewPart preview={preview} />
        </Box>
      </Columns>
    </Card>
  );
}

const Columns = styled.div`
  display: grid;
  gap: 3.2rem;

  & > * {
    min-width: 0;
  }
  ${({ theme }) => theme.breakpoints.large} {
    grid-template-columns: minmax(0, 1.1fr) minmax(0, 1fr);
  }
`;
