import { Box, Button, Flex, IconButton, Typography } from '@strapi/design-system';
import { Plus, Trash } from '@strapi/icons';
import { templateLimits, type RequestTemplate, type TemplateProblem } from '../../../../../contracts';
import { useText } from '../../../text/useText';
import { useWebhookForm } from '../useWebhookForm';
import { LiquidField } from './LiquidField';

type Named = RequestTemplate['query'][number];

interface NamedTextsProps {
  /** Which list of the template it is. */
  part: 'query' | 'fields';
  value: readonly Named[];
  onChange: (value: Named[]) => void;
  problems: readonly TemplateProblem[];
}

/** Names with values in Liquid: the query of the URL, or the fields of a form. */
export function NamedTexts({ part, value, onChange, problems }: NamedTextsProps) {
  const { t } = useText();
  const { disabled } = useWebhookForm();
  const change = (index: number, named: Named) => onChange(value.with(index, named));
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <Typography variant="pi" fontWeight="bold" tag="h4">
        {t(part === 'query' ? 'sending.query' : 'sending.fields')}
      </Typography>
      {value.map((named, index) => (
        <Flex key={index} gap={3} alignItems="flex-start" wrap="wrap" role="group" aria-label={named.name}>
          <LiquidField
            path={`${part}.${index}.name`}
            label={t('sending.named.name')}
            value={named.name}
            problems={problems}
            onChange={(name) => change(index, { ...named, name })}
          />
          <LiquidField
            path={`${part}.${index}.value`}
            label={t('sending.named.value')}
            value={named.value}
            problems={problems}
            onChange={(text) => change(index, { ...named, value: text })}
          />
          <Box paddingTop={6}>
            <IconButton
              label={t('sending.named.remove', { name: named.name })}
              variant="ghost"
              disabled={disabled}
              onClick={() => onChange(value.toSpliced(index, 1))}
            >
              <Trash aria-hidden />
            </IconButton>
          </Box>
        </Flex>
      ))}
      <Box>
        <Button
          variant="tertiary"
          startIcon={<Plus aria-hidden />}
          disabled={disabled || value.length >= templateLimits.fields}
          onClick={() => onChange([...value, { name: '', value: '' }])}
        >
          {t(part === 'query' ? 'sending.query.add' : 'sending.fields.add')}
        </Button>
      </Box>
    </Flex>
  );
}
