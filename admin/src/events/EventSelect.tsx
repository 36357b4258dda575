import { useMemo } from 'react';
import { Field } from '@strapi/design-system';
import type { EventTypeView } from '../../../contracts';
import { useText } from '../text/useText';
import { SearchSelect } from '../ui/filter/SearchSelect';

interface EventSelectProps {
  events: readonly EventTypeView[];
  value: string | undefined;
  onChange: (type: string) => void;
}

/** One of the events that a webhook can be sent, its own first. */
export function EventSelect({ events, value, onChange }: EventSelectProps) {
  const { t } = useText();
  const choices = useMemo(
    () => events.map(({ type, displayName }) => ({ value: type, label: `${displayName} (${type})` })),
    [events],
  );
  return (
    <Field.Root name="eventType" required hint={t('test.event_hint')}>
      <Field.Label>{t('test.event')}</Field.Label>
      <SearchSelect choices={choices} value={value} onChange={onChange} />
      <Field.Hint />
    </Field.Root>
  );
}
