import { Flex, Typography } from '@strapi/design-system';
import { EntryPicker } from '../../entry/EntryPicker';
import { EventSelect } from '../../events/EventSelect';
import { useText } from '../../text/useText';
import { RadioField } from '../../ui/RadioField';
import type { SendForm } from './useSendForm';

/** Before the test: what will happen, with which event, and with which data. */
export function TestPreparation({ host, form }: { host: string; form: SendForm }) {
  const { t, rich } = useText();
  const { events, event, chooseEvent, withEntry, chooseWithEntry, entry, chooseEntry } = form;
  return (
    <Flex direction="column" alignItems="stretch" gap={5}>
      <Typography tag="p">{rich('test.before', { host, b: (words) => <b>{words}</b> })}</Typography>
      <EventSelect events={events} value={event?.type} onChange={chooseEvent} />
      {event?.uid && (
        <RadioField
          label={t('test.data')}
          choices={[
            { value: 'sample', label: t('test.data.sample') },
            { value: 'entry', label: t('test.data.entry') },
          ]}
          value={withEntry ? 'entry' : 'sample'}
          onChange={(source) => chooseWithEntry(source === 'entry')}
        />
      )}
      {event?.uid && withEntry && (
        <EntryPicker key={event.uid} uid={event.uid} value={entry} onChange={chooseEntry} />
      )}
    </Flex>
  );
}
