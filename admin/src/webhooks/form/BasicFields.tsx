import { Checkbox, Field, Flex, Link, TextInput, Typography } from '@strapi/design-system';
import { useField } from '@strapi/strapi/admin';
import { useHref } from 'react-router-dom';
import type { WebhookView } from '../../../../contracts';
import { useAllowed } from '../../api/useAllowed';
import { EventPicker } from '../../events/EventPicker';
import { useCatalog } from '../../events/useCatalog';
import { businessEventPath } from '../../navigation/paths';
import { useText } from '../../text/useText';
import { Card } from '../../ui/Card';
import { useManualOnly } from './manual-only';
import { UrlField } from './UrlField';
import { useWebhookForm } from './useWebhookForm';

/** The required fields of a webhook: Name, URL, Event. */
export function BasicFields({ webhook }: { webhook: WebhookView | null }) {
  const { t } = useText();
  return (
    <Card padding={7}>
      <Flex direction="column" alignItems="stretch" gap={6}>
        <NameField />
        <UrlField webhook={webhook} />
        <EventField hint={t('form.event.hint')} />
      </Flex>
    </Card>
  );
}

function NameField() {
  const { t } = useText();
  const { values, set, disabled } = useWebhookForm();
  const { error } = useField('name');
  return (
    <Field.Root name="name" error={error} required hint={t('form.name.hint')}>
      <Field.Label>{t('form.name.label')}</Field.Label>
      <TextInput
        value={values.name}
        disabled={disabled}
        autoComplete="off"
        onChange={(event) => set('name', event.target.value)}
      />
      <Field.Error />
      <Field.Hint />
    </Field.Root>
  );
}

/** What the webhook is subscribed to; or that it is sent by *Trigger now* alone. */
export function EventField({ hint }: { hint?: string }) {
  const { t } = useText();
  const { values, set, disabled } = useWebhookForm();
  const { error } = useField('events');
  const { events } = useCatalog();
  const { isManualOnly } = useManualOnly();
  const allowed = useAllowed();
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <Field.Root name="events" error={error} required={!isManualOnly} {...(hint !== undefined && { hint })}>
        <Flex justifyContent="space-between" gap={3}>
          <Field.Label>{t('form.event.label')}</Field.Label>
          {allowed.eventsManage && !disabled && <AddBusinessEvent />}
        </Flex>
        <EventPicker
          catalog={events}
          value={values.events}
          disabled={disabled}
          onChange={(chosen) => set('events', chosen)}
        />
        <Field.Error />
        <Field.Hint />
      </Field.Root>
      {values.events.length === 0 && <ManualOnly />}
    </Flex>
  );
}

/** A webhook without events, such as a button that builds the site. */
function ManualOnly() {
  const { t } = useText();
  const { disabled, errors, setErrors } = useWebhookForm();
  const { isManualOnly, setManualOnly } = useManualOnly();
  return (
    <Field.Root name="manualOnly" hint={t('form.manual_only.hint')}>
      <Checkbox
        checked={isManualOnly}
        disabled={disabled}
        onCheckedChange={(checked) => {
          setManualOnly(checked === true);
          setErrors(Object.fromEntries(Object.entries(errors).filter(([field]) => field !== 'events')));
        }}
      >
        {t('form.manual_only.label')}
      </Checkbox>
      <Field.Hint />
    </Field.Root>
  );
}

function AddBusinessEvent() {
  const { t } = useText();
  const address = useHref(businessEventPath('new'));
  return (
    // In a new window: the values of the form are not saved yet.
    <Link href={address} target="_blank" rel="noreferrer">
      <Typography variant="pi" textColor="inherit">
        {t('business.add')}
      </Typography>
    </Link>
  );
}
