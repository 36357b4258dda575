import { Field, Flex, Link, TextInput } from '@strapi/design-system';
import { useField } from '@strapi/strapi/admin';
import { useHref } from 'react-router-dom';
import type { WebhookView } from '../../../../contracts';
import { useAllowed } from '../../api/useAllowed';
import { EventPicker } from '../../events/EventPicker';
import { useCatalog } from '../../events/useCatalog';
import { businessEventPath } from '../../navigation/paths';
import { useText } from '../../text/useText';
import { Card } from '../../ui/Card';
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

/** What the webhook is subscribed to. */
export function EventField({ hint }: { hint?: string }) {
  const { t } = useText();
  const { values, set, disabled } = useWebhookForm();
  const { error } = useField('events');
  const { events } = useCatalog();
  const allowed = useAllowed();
  return (
    <Field.Root name="events" error={error} required {...(hint !== undefined && { hint })}>
      <Field.Label action={allowed.eventsManage && !disabled && <AddBusinessEvent />}>
        {t('form.event.label')}
      </Field.Label>
      <EventPicker
        catalog={events}
        value={values.events}
        disabled={disabled}
        onChange={(chosen) => set('events', chosen)}
      />
      <Field.Error />
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
      {t('business.add')}
    </Link>
  );
}
