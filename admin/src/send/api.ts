import type { z } from 'zod';
import type { TestResult, TestSent, TriggerResult, testInput, triggerInput } from '../../../contracts';
import { api, route } from '../api/transport';

const sendApi = api.injectEndpoints({
  endpoints: (build) => ({
    eventWebhooksTest: build.mutation<TestResult | TestSent, z.input<typeof testInput>>({
      query: (data) => ({ url: route('/webhooks/actions/test'), method: 'POST', data }),
      invalidatesTags: ['EventWebhooksDelivery', { type: 'EventWebhooksWebhook', id: 'LIST' }],
    }),
    eventWebhooksTrigger: build.mutation<TriggerResult, { id: number; input: z.input<typeof triggerInput> }>({
      query: ({ id, input }) => ({ url: route(`/webhooks/${id}/trigger`), method: 'POST', data: input }),
      invalidatesTags: (_result, _error, { id }) => [
        { type: 'EventWebhooksDelivery', id: 'LIST' },
        { type: 'EventWebhooksWebhook', id },
        { type: 'EventWebhooksWebhook', id: 'LIST' },
      ],
    }),
  }),
});

export const { useEventWebhooksTestMutation: useSendTest, useEventWebhooksTriggerMutation: useTrigger } =
  sendApi;
