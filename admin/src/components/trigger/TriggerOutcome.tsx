import { Flex, Typography } from '@strapi/design-system';
import type { TriggerResult } from '../../../../contracts';
import { useAllowed } from '../../hooks/useAllowed';
import { useCatalog } from '../../hooks/useCatalog';
import { useText } from '../../hooks/useText';
import { useDelivery } from '../../services/deliveries';
import { deliveryPath } from '../../values/paths';
import { StateChip } from '../deliveries/StateChip';
import { InlineLink } from '../InlineLink';
import { Verdict } from '../test-dialog/Verdict';

const pollMs = 1000;

/** It is queued; and what becomes of it, as it goes. */
export function TriggerOutcome({ result, host }: { result: TriggerResult; host: string }) {
  const { t, rich } = useText();
  const allowed = useAllowed();
  const { nameOf } = useCatalog();
  const { data } = useDelivery(result.deliveryId, {
    skip: !allowed.deliveriesRead,
    pollingInterval: pollMs,
  });
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
      {data && <StateChip delivery={data} />}
      {allowed.deliveriesRead && (
        <Typography tag="p">
          <InlineLink to={deliveryPath(result.deliveryId)}>{t('test.view_in_deliveries')}</InlineLink>
        </Typography>
      )}
    </Flex>
  );
}
