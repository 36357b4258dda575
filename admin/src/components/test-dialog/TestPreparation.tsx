import { Field, Flex, Radio, Typography } from '@strapi/design-system';
import { useText } from '../../hooks/useText';
import { EntryPicker } from '../entries/EntryPicker';
import { EventSelect } from '../events/EventSelect';
import type { TestForm } from './useTestForm';

/** Before the test: what will happen, with which event, and with whose data. */
export function TestPreparation({ host, form }: { host: string; form: TestForm }) {
  const { t, rich } = useText();
  const { events, event, chooseEvent, source, chooseSource, entry, chooseEntry } = form;
  return (
    <Flex direction="column" alignItems="stretch" gap={5}>
      <Typography tag="p">{rich('test.before', { host, b: (words) => <b>{words}</b> })}</Typography>
      <EventSelect events={events} value={event?.type} onChange={chooseEvent} />
      {event?.uid && (
        <Field.Root>
          <Field.Label>{t('test.data')}</Field.Label>
          <Radio.Group
            aria-label={t('test.data')}
            value={source}
            onValueChange={(chosen) => chooseSource(chosen === 'entry' ? 'entry' : 'sample')}
          >
            <Radio.Item value="sample">{t('test.data.sample')}</Radio.Item>
            <Radio.Item value="entry">{t('test.data.entry')}</Radio.Item>
          </Radio.Group>
        </Field.Root>
      )}
      {event?.uid && source === 'entry' && (
        <EntryPicker key={event.uid} uid={event.uid} value={entry} onChange={chooseEntry} />
      )}
    </Flex>
  );
}
