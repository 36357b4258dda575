import { Box, Flex, Typography } from '@strapi/design-system';
import type { WhyEvent } from '../../../../contracts';
import { StatusIcon } from '../../deliveries/DeliveryStatus';
import { useStatusText } from '../../deliveries/useStatusText';
import { useCatalog } from '../../events/useCatalog';
import { deliveryPath } from '../../navigation/paths';
import { useText } from '../../text/useText';
import { InlineLink } from '../../ui/InlineLink';
import { RelativeTime } from '../../ui/RelativeTime';

/** The newest events of the kind, each with what became of it at this webhook. */
export function WhyEvents({ events, host }: { events: readonly WhyEvent[]; host: string }) {
  const { t } = useText();
  const { nameOf } = useCatalog();
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
              {event.because && (
                <Typography textColor="neutral600">
                  {t('delivery.because', {
                    title: event.because.title ?? event.because.documentId,
                    event: nameOf(event.because.type),
                  })}
                </Typography>
              )}
              <Outcome event={event} host={host} />
            </Flex>
          ))}
        </ul>
      )}
    </Box>
  );
}

function Outcome({
  event: { standing, deliveryId, matchError, holds, leftOut },
  host,
}: {
  event: WhyEvent;
  host: string;
}) {
  const { t } = useText();
  const statusText = useStatusText();
  if (deliveryId === null || !standing) {
    const unsent = leftOut
      ? (`why.left_out.${leftOut}` as const)
      : holds === false
        ? 'why.conditions_unmet'
        : 'why.no_delivery';
    const text = matchError === null ? unsent : 'why.set_aside';
    return <Typography textColor="neutral600">{t(text)}</Typography>;
  }
  const status = statusText({ ...standing, host });
  return (
    <Flex gap={2} inline>
      <StatusIcon status={status} size="1.2rem" />
      <InlineLink to={deliveryPath(deliveryId)}>
        <Typography textColor={status.textColour}>
          {status.reason ? `${status.name}: ${status.reason}` : status.name}
        </Typography>
      </InlineLink>
    </Flex>
  );
}
