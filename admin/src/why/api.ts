import type { MatchAgainResult, WhyInput, WhyView } from '../../../contracts';
import { api, inScreenLanguage, route } from '../api/transport';

const whyApi = api.injectEndpoints({
  endpoints: (build) => ({
    eventWebhooksWhy: build.query<WhyView, WhyInput & { id: number }>({
      query: ({ id, ...params }) => ({
        url: route(`/webhooks/${id}/why`),
        method: 'GET',
        config: { params, ...inScreenLanguage() },
      }),
      // It tells of things as they are now, and is asked because something has changed.
      keepUnusedDataFor: 0,
      providesTags: ['EventWebhooksDelivery', 'EventWebhooksWebhook', 'EventWebhooksStatus'],
    }),
    eventWebhooksMatchAgain: build.mutation<MatchAgainResult, number>({
      query: (id) => ({ url: route(`/events/${id}/match-again`), method: 'POST' }),
      invalidatesTags: ['EventWebhooksDelivery'],
    }),
  }),
});

export const { useEventWebhooksWhyQuery: useWhy, useEventWebhooksMatchAgainMutation: useMatchAgain } = whyApi;
