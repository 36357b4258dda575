import { businessEventSchema } from './business-event/schema';
import { webhookSchema } from './webhook/schema';

export const contentTypes = {
  webhook: { schema: webhookSchema },
  'business-event': { schema: businessEventSchema },
};
