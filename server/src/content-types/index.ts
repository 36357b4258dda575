import { webhookSchema } from './webhook/schema';

export const contentTypes = { webhook: { schema: webhookSchema } };
