import { Box, Divider } from '@strapi/design-system';
import { styled } from 'styled-components';
import type { RequestTemplate, WebhookView } from '../../../../../contracts';
import { useText } from '../../../text/useText';
import { useWebhookForm } from '../useWebhookForm';
import { FieldsPart } from './FieldsPart';
import { FormatCards } from './FormatCards';
import { PreviewPart } from './PreviewPart';
import { ShownByField } from './ShownByField';
import { firstTemplate } from './template';
import { TemplateBody } from './TemplateBody';
import { TemplateRequest } from './TemplateRequest';
import { isWithoutEntry } from './trees';
import { useEventOfPreview } from './useEventOfPreview';
import { usePreviewOfForm } from './usePreviewOfForm';

/** "Standard: type, time and data", "Your own template: JSON; chosen fields only". */
export function useSendingSummary(): string {
  const { t } = useText();
  const { format, template, fields } = useWebhookForm().values;
  const body =
    format === 'template'
      ? t('sending.summary.template', { type: t(`sending.body_type.${template?.bodyType ?? 'json'}`) })
      : t(`sending.summary.${format}`);
  const isChosen = fields !== null && !isWithoutEntry(format);
  return isChosen ? `${body}; ${t('sending.summary.fields')}` : body;
}

/** The format of the request, the template where it is an own one, and the request that comes of it. */
export function SendingSection({ webhook }: { webhook: WebhookView | null }) {
  const { values, set } = useWebhookForm();
  const { offered, index, choose } = useEventOfPreview();
  const preview = usePreviewOfForm(webhook, offered[index] ?? null);
  const isOwn = values.format === 'template';
  const template = values.template ?? firstTemplate;
  const change = (part: Partial<RequestTemplate>) => set('template', { ...template, ...part });
  const shown = <PreviewPart preview={preview} offered={offered} index={index} onChoose={choose} />;
  return (
    <>
      <Box padding={6}>
        <FormatCards />
      </Box>
      <Divider />
      <Box padding={6}>
        <ShownByField />
      </Box>
      <Divider />
      {isOwn ? (
        <>
          <Box padding={6}>
            <TemplateRequest template={template} onChange={change} problems={preview.problems} />
          </Box>
          <Divider />
          <Box padding={6} maxWidth="80rem">
            <FieldsPart />
          </Box>
          <Divider />
          <Sides>
            <TemplateBody
              template={template}
              onChange={change}
              problems={preview.problems}
              context={withSecrets(preview.context, values.templateSecrets)}
            />
            <Side>{shown}</Side>
          </Sides>
        </>
      ) : (
        <Sides>
          <FieldsPart />
          <Side>{shown}</Side>
        </Sides>
      )}
    </>
  );
}

/** The secrets of the form are names too; what they hold is not shown. */
function withSecrets(context: unknown, secrets: readonly { name: string }[]): unknown {
  const named = secrets.filter(({ name }) => name !== '');
  if (typeof context !== 'object' || context === null || named.length === 0) return context;
  return { ...context, secret: Object.fromEntries(named.map(({ name }) => [name, '••••'])) };
}

const Sides = styled.div`
  display: grid;
  gap: 3.2rem;
  padding: 2.4rem;

  & > * {
    min-width: 0;
  }
  ${({ theme }) => theme.breakpoints.large} {
    grid-template-columns: minmax(0, 1.1fr) minmax(0, 1fr);
  }
`;

const Side = styled.div`
  ${({ theme }) => theme.breakpoints.large} {
    position: sticky;
    top: 9.6rem;
    align-self: start;
    max-height: calc(100vh - 11rem);
    overflow-y: auto;
  }
`;
