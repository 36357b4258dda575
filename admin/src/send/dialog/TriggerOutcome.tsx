import { Flex, Typography } from '@strapi/design-system';
import type { TriggerResult } from '../../../../contracts';
import { useAllowed } from '../../api/useAllowed';
import { usePolling } from '../../api/usePolling';
import { useDelivery } from '../../deliveries/api';
import { StatusChip } from '../../deliveries/DeliveryStatus';
import { isOver } from '../../deliveries/status';
import { useCatalog } from '../../events/useCatalog';
import { deliveryPath } from '../../navigation/paths';
import { useText } from '../../text/useText';
import { InlineLink } from '../../ui/InlineLink';
import { Verdict } from './Verdict';

const pollMs = 1000;

/** It is queued; and its current state. */
export function TriggerOutcome({ result, host }: { result: TriggerResult; host: string }) {
  const { t, rich } = useText();
  const allowed = useAllowed();
  const { nameOf } = useCatalog();
  const { data, refetch } = useDelivery(result.deliveryId, { skip: !allowed.deliveriesRead });
  usePolling(refetch, !allowed.deliveriesRead || (data && isOver(data.state)) ? null : pollMs);
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Verdict good title={t('trigger.queued')}>
        <Typography tag="p">
          {rich('trigger.queued_explained', {
            event: nameOf(result.eventType),
            host,
            b: (words) => <b>{words}</b>,
          })}
        </Typography>
      </Verdict>
      {data && <StatusChip delivery={data} />}
      {allowed.deliveriesRead && (
        <Typography tag="p">
          <InlineLink to={deliveryPath(result.deliveryId)}>{t('test.view_in_deliveries')}</InlineLink>
        </Typography>
      )}
    </Flex>
  );
}
