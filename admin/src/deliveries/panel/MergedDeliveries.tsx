import { Flex, Link, Typography } from '@strapi/design-system';
import { NavLink } from 'react-router-dom';
import { collapsedShownAtMost, type CollapsedView } from '../../../../contracts';
import { deliveryPath } from '../../navigation/paths';
import { useMoment } from '../../text/useMoment';
import { useText } from '../../text/useText';

/** What became one delivery, each with a link. */
export function MergedDeliveries({ collapsed }: { collapsed: CollapsedView }) {
  const { t, rich } = useText();
  const moment = useMoment();
  const { count, into, deliveries } = collapsed;
  if (into !== null) {
    return (
      <Typography>
        {rich('delivery.merged.into', {
          link: (words) => (
            <Link tag={NavLink} to={deliveryPath(into)}>
              {words}
            </Link>
          ),
        })}
      </Typography>
    );
  }
  return (
    <>
      <Typography tag="p">
        {t(count < collapsedShownAtMost ? 'delivery.merged.count' : 'delivery.merged.count_many', { count })}
      </Typography>
      <Flex tag="ul" direction="column" alignItems="flex-start" gap={1} maxHeight="16rem" overflow="auto">
        {deliveries.map(({ id, eventName, createdAt }) => (
          <li key={id}>
            <Link tag={NavLink} to={deliveryPath(id)}>
              {`${eventName}, ${moment(createdAt)}`}
            </Link>
          </li>
        ))}
      </Flex>
    </>
  );
}
