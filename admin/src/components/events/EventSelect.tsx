import { Field, SingleSelect, SingleSelectOption } from '@strapi/design-system';
import type { EventTypeView } from '../../../../contracts';
import { useText } from '../../hooks/useText';

interface EventSelectProps {
  events: readonly EventTypeView[];
  value: string | undefined;
  onChange: (type: string) => void;
}

/** One event out of those that a webhook can be sent, its own first. */
export function EventSelect({ events, value, onChange }: EventSelectProps) {
  const { t } = useText();
  return (
    <Field.Root name="eventType" required hint={t('test.event_hint')}>
      <Field.Label>{t('test.event')}</Field.Label>
      <SingleSelect value={value ?? null} onChange={(type) => onChange(String(type))}>
        {events.map((event) => (
          <SingleSelectOption key={event.type} value={event.type}>
            {`${event.displayName} (${event.type})`}
          </SingleSelectOption>
        ))}
      </SingleSelect>
      <Field.Hint />
    </Field.Root>
  );
}
