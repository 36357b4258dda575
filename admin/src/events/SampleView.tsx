import { Flex, Typography } from '@strapi/design-system';
import type { EventTypeView } from '../../../contracts';
import { countFields } from '../http/json-text';
import { useText } from '../text/useText';
import { CodeView } from '../ui/code/CodeView';

/** The complete body that a receiver of this event gets, with sample data. */
export function SampleView({ event }: { event: EventTypeView }) {
  const { t } = useText();
  return (
    <div>
      <Flex justifyContent="space-between" gap={4} paddingBottom={2}>
        <Typography variant="pi" fontWeight="bold">
          {t('events.what_is_sent')}
        </Typography>
        <Typography variant="pi" textColor="neutral600">
          {t('events.sample_fields', { count: countFields(event.sample.data) })}
        </Typography>
      </Flex>
      <CodeView
        kind="json"
        value={JSON.stringify(event.sample, null, 2)}
        label={t('events.sample_of', { name: event.displayName })}
      />
    </div>
  );
}
