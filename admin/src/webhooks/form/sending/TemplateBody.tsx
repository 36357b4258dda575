import { useId } from 'react';
import { Box, Flex, SingleSelect, SingleSelectOption, Typography } from '@strapi/design-system';
import { useField } from '@strapi/strapi/admin';
import { bodyTypes, type RequestTemplate, type TemplateProblem } from '../../../../../contracts';
import { useText } from '../../../text/useText';
import { Facts, Fact } from '../../../ui/Facts';
import { Mono } from '../../../ui/Mono';
import { useWebhookForm } from '../useWebhookForm';
import { LiquidEditor } from './editor/LiquidEditor';
import { Problems } from './editor/Problems';
import { NamedTexts } from './NamedTexts';
import { corrected } from './template';

interface TemplateBodyProps {
  template: RequestTemplate;
  onChange: (change: Partial<RequestTemplate>) => void;
  problems: readonly TemplateProblem[];
  context: unknown;
}

/** The filters that are wanted most, each with what it does. */
const filters = [
  { id: 'truncate', text: '| truncate: 90' },
  { id: 'date', text: '| date: "%d.%m.%Y"' },
  { id: 'text', text: '| text' },
  { id: 'slack', text: '| slack' },
] as const;

/** The body of the request: its type, and what is written. */
export function TemplateBody({ template, onChange, problems, context }: TemplateBodyProps) {
  const { t } = useText();
  const { disabled } = useWebhookForm();
  const { error } = useField('template.body');
  const problemsId = useId();
  const { bodyType, body, fields } = template;
  const ofBody = problems.filter(({ path }) => path === 'body');
  const said: TemplateProblem[] =
    typeof error === 'string' && ofBody.every(({ warning }) => warning)
      ? [problemOf(error), ...ofBody]
      : ofBody;
  const elsewhere = problems.filter(({ path }) => path.startsWith('headers.'));
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <Flex justifyContent="space-between" gap={3}>
        <Typography variant="delta" fontWeight="bold" tag="h3">
          {t('sending.body')}
        </Typography>
        <Box width="14rem">
          <SingleSelect
            size="S"
            aria-label={t('sending.body_type')}
            value={bodyType}
            disabled={disabled}
            onChange={(chosen) =>
              onChange({ bodyType: bodyTypes.find((type) => type === chosen) ?? bodyType })
            }
          >
            {bodyTypes.map((type) => (
              <SingleSelectOption key={type} value={type}>
                {t(`sending.body_type.${type}`)}
              </SingleSelectOption>
            ))}
          </SingleSelect>
        </Box>
      </Flex>
      {bodyType === 'form' && (
        <NamedTexts
          part="fields"
          value={fields}
          problems={problems}
          onChange={(changed) => onChange({ fields: changed })}
        />
      )}
      {bodyType === 'none' && (
        <Typography variant="pi" textColor="neutral600">
          {t('sending.body_type.none_hint')}
        </Typography>
      )}
      {(bodyType === 'json' || bodyType === 'text') && (
        <div>
          <LiquidEditor
            label={t('sending.body')}
            value={body}
            onChange={(changed) => onChange({ body: changed })}
            context={context}
            problems={ofBody}
            disabled={disabled}
            describedBy={problemsId}
          />
          <Problems
            id={problemsId}
            problems={said}
            onUse={({ line, column, suggestion }) => {
              if (line === null || column === null || suggestion === null) return;
              onChange({ body: corrected(body, line, column, suggestion) });
            }}
          />
          {bodyType === 'json' && (
            <Typography variant="pi" textColor="neutral600" tag="p" paddingTop={1}>
              {t('sending.safe_json')}
            </Typography>
          )}
        </div>
      )}
      {elsewhere.length > 0 && <Problems id={`${problemsId}-headers`} problems={elsewhere} />}
      {bodyType !== 'none' && (
        <Box paddingTop={3}>
          <Typography variant="pi" fontWeight="bold" tag="h4" paddingBottom={2}>
            {t('sending.shape')}
          </Typography>
          <Facts $names="14rem">
            {filters.map(({ id, text }) => (
              <Fact key={id} name={t(`sending.shape.${id}`)}>
                <Mono variant="pi">{text}</Mono>
              </Fact>
            ))}
          </Facts>
        </Box>
      )}
    </Flex>
  );
}

const problemOf = (message: string): TemplateProblem => ({
  path: 'body',
  message,
  line: null,
  column: null,
  suggestion: null,
  warning: false,
});
