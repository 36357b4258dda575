import {
  CheckCircle,
  Clock,
  Cross,
  CrossCircle,
  ManyToOne,
  MinusCircle,
  PaperPlane,
  Stop,
} from '@strapi/icons';
import type { DeliveryState } from '../../../../contracts';
import { stateColours } from '../../wording/delivery-words';

// A shape of its own for each state: colour alone says nothing to one in twelve men.
const icons = {
  pending: Clock,
  delivering: PaperPlane,
  succeeded: CheckCircle,
  failed: CrossCircle,
  blocked: Stop,
  skipped: MinusCircle,
  cancelled: Cross,
  collapsed: ManyToOne,
} as const satisfies Record<DeliveryState, unknown>;

export function StateIcon({ state, size = '1.4rem' }: { state: DeliveryState; size?: string }) {
  const Icon = icons[state];
  return <Icon aria-hidden width={size} height={size} fill={stateColours[state]} style={{ flex: 'none' }} />;
}
