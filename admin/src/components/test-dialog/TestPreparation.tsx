import { Field, Flex, SingleSelect, SingleSelectOption, Typography } from '@strapi/design-system';
import type { EventTypeView } from '../../../../contracts';
import { useText } from '../../hooks/useText';

interface TestPreparationProps {
  host: string;
  events: readonly EventTypeView[];
  value: string | undefined;
  onChange: (type: string) => void;
}

/** Before the test: what will happen, and with which event. */
export function TestPreparation({ host, events, value, onChange }: TestPreparationProps) {
  const { t, rich } = useText();
  return (
    <Flex direction="column" alignItems="stretch" gap={5}>
      <Typography tag="p">{rich('test.before', { host, b: (words) => <b>{words}</b> })}</Typography>
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
    </Flex>
  );
}
