import { Box, Field, Flex, SingleSelect, SingleSelectOption } from '@strapi/design-system';
import { requestMethods, type RequestTemplate, type TemplateProblem } from '../../../../../contracts';
import { useText } from '../../../text/useText';
import { useWebhookForm } from '../useWebhookForm';
import { LiquidField } from './LiquidField';
import { NamedTexts } from './NamedTexts';
import { TemplateSecrets } from './TemplateSecrets';

interface TemplateRequestProps {
  template: RequestTemplate;
  onChange: (change: Partial<RequestTemplate>) => void;
  problems: readonly TemplateProblem[];
}

const ownMethod = 'own';

/** Everything of the request but its body: method, path, query, secrets. */
export function TemplateRequest({ template, onChange, problems }: TemplateRequestProps) {
  const { t } = useText();
  const { disabled } = useWebhookForm();
  const known = requestMethods.find((method) => method === template.method);
  return (
    <Flex direction="column" alignItems="stretch" gap={5}>
      <Flex gap={3} alignItems="flex-start" wrap="wrap">
        <Box width="16rem">
          <Field.Root name="methodChoice">
            <Field.Label>{t('sending.method')}</Field.Label>
            <SingleSelect
              value={known ?? ownMethod}
              disabled={disabled}
              onChange={(chosen) =>
                onChange({ method: chosen === ownMethod ? ownMethodAtFirst : String(chosen) })
              }
            >
              {requestMethods.map((method) => (
                <SingleSelectOption key={method} value={method}>
                  {method}
                </SingleSelectOption>
              ))}
              <SingleSelectOption value={ownMethod}>{t('sending.method.own')}</SingleSelectOption>
            </SingleSelect>
          </Field.Root>
        </Box>
        {!known && (
          <LiquidField
            path="method"
            label={t('sending.method.own_label')}
            value={template.method}
            problems={problems}
            onChange={(method) => onChange({ method })}
          />
        )}
        <LiquidField
          path="path"
          label={t('sending.path')}
          hint={t('sending.path.hint')}
          placeholder="/{{ entry.documentId }}"
          value={template.path}
          problems={problems}
          onChange={(path) => onChange({ path })}
        />
      </Flex>
      <NamedTexts
        part="query"
        value={template.query}
        problems={problems}
        onChange={(query) => onChange({ query })}
      />
      <TemplateSecrets />
    </Flex>
  );
}

const ownMethodAtFirst = "{% if event.action == 'deleted' %}DELETE{% else %}PUT{% endif %}";
