import { Box, Flex, Typography } from '@strapi/design-system';
import type { WhyEvent } from '../../../../contracts';
import { deliveryStates, type DeliveryState } from '../../../../contracts';
import { useText } from '../../hooks/useText';
import { deliveryPath } from '../../values/paths';
import { stateTextColours } from '../../wording/delivery-words';
import { StateIcon } from '../deliveries/StateIcon';
import { InlineLink } from '../InlineLink';
import { RelativeTime } from '../RelativeTime';

/** The newest events of the kind, each with what became of it at this webhook. */
export function WhyEvents({ events }: { events: readonly WhyEvent[] }) {
  const { t } = useText();
  return (
    <Box>
      <Typography variant="sigma" textColor="neutral600" tag="h3" paddingBottom={2} display="block">
        {t('why.events')}
      </Typography>
      {events.length === 0 ? (
        <Typography textColor="neutral600" tag="p">
          {t('why.no_events')}
        </Typography>
      ) : (
        <ul>
          {events.map((event) => (
            <Flex key={event.messageId} tag="li" gap={3} wrap="wrap" paddingTop={1} paddingBottom={1}>
              <Typography>
                <RelativeTime at={event.occurredAt} />
              </Typography>
              {event.actorName && <Typography textColor="neutral600">{event.actorName}</Typography>}
              <Outcome event={event} />
            </Flex>
          ))}
        </ul>
      )}
    </Box>
  );
}

function Outcome({ event }: { event: WhyEvent }) {
  const { t } = useText();
  const state = deliveryStates.find((known: DeliveryState) => known === event.state);
  if (event.deliveryId === null || !state) {
    return <Typography textColor="neutral600">{t('why.no_delivery')}</Typography>;
  }
  return (
    <Flex gap={2} inline>
      <StateIcon state={state} size="1.2rem" />
      <InlineLink to={deliveryPath(event.deliveryId)}>
        <Typography textColor={stateTextColours[state]}>{t(`delivery.state.${state}`)}</Typography>
      </InlineLink>
    </Flex>
  );
}
