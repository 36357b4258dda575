import {
  Field,
  Flex,
  Grid,
  NumberInput,
  Radio,
  SingleSelect,
  SingleSelectOption,
} from '@strapi/design-system';
import { useField } from '@strapi/strapi/admin';
import type { Collapse } from '../../../../../contracts';
import { useText } from '../../../text/useText';
import { useWebhookForm } from '../useWebhookForm';

/** An editor who saves every few seconds, and a site that is built within minutes. */
export const usualCollapse: Collapse = { quietSeconds: 30, maxSeconds: 600, per: 'webhook', send: 'latest' };

/** Several events become one delivery. */
export function Merge() {
  const { t } = useText();
  const { values, set, disabled } = useWebhookForm();
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <Field.Root name="mergeChoice" hint={t('form.merge.hint')}>
        <Field.Label>{t('form.merge.label')}</Field.Label>
        <Radio.Group
          value={values.collapse === null ? 'each' : 'merged'}
          onValueChange={(chosen) => set('collapse', chosen === 'merged' ? usualCollapse : null)}
          disabled={disabled}
          aria-label={t('form.merge.label')}
        >
          <Radio.Item value="each">{t('form.merge.each')}</Radio.Item>
          <Radio.Item value="merged">{t('form.merge.merged')}</Radio.Item>
        </Radio.Group>
        <Field.Hint />
      </Field.Root>
      {values.collapse && <Choices collapse={values.collapse} />}
    </Flex>
  );
}

function Choices({ collapse }: { collapse: Collapse }) {
  const { t } = useText();
  const { set, disabled } = useWebhookForm();
  const change = (part: Partial<Collapse>) => set('collapse', { ...collapse, ...part });
  return (
    <Grid.Root gap={4} maxWidth="64rem">
      <Seconds name="quietSeconds" collapse={collapse} />
      <Seconds name="maxSeconds" collapse={collapse} />
      <Grid.Item col={6} xs={12} direction="column" alignItems="stretch">
        <Field.Root name="collapse.per">
          <Field.Label>{t('form.merge.per')}</Field.Label>
          <SingleSelect
            value={collapse.per}
            disabled={disabled}
            onChange={(per) => change({ per: per === 'document' ? 'document' : 'webhook' })}
          >
            <SingleSelectOption value="webhook">{t('form.merge.per_webhook')}</SingleSelectOption>
            <SingleSelectOption value="document">{t('form.merge.per_document')}</SingleSelectOption>
          </SingleSelect>
        </Field.Root>
      </Grid.Item>
      <Grid.Item col={6} xs={12} direction="column" alignItems="stretch">
        <Field.Root name="collapse.send">
          <Field.Label>{t('form.merge.send')}</Field.Label>
          <SingleSelect
            value={collapse.send}
            disabled={disabled}
            onChange={(send) => change({ send: send === 'all' ? 'all' : 'latest' })}
          >
            <SingleSelectOption value="latest">{t('form.merge.send_latest')}</SingleSelectOption>
            <SingleSelectOption value="all">{t('form.merge.send_all')}</SingleSelectOption>
          </SingleSelect>
        </Field.Root>
      </Grid.Item>
    </Grid.Root>
  );
}

function Seconds({ name, collapse }: { name: 'quietSeconds' | 'maxSeconds'; collapse: Collapse }) {
  const { t } = useText();
  const { set, disabled } = useWebhookForm();
  const { error } = useField(`collapse.${name}`);
  return (
    <Grid.Item col={6} xs={12} direction="column" alignItems="stretch">
      <Field.Root name={`collapse.${name}`} error={error} hint={t(`form.merge.${name}_hint`)}>
        <Field.Label>{t(`form.merge.${name}`)}</Field.Label>
        <NumberInput
          value={collapse[name]}
          disabled={disabled}
          onValueChange={(seconds) => set('collapse', { ...collapse, [name]: seconds ?? 0 })}
        />
        <Field.Error />
        <Field.Hint />
      </Field.Root>
    </Grid.Item>
  );
}
