import type { StatisticsQuery, WebhookStatistics } from '../../../contracts';
import { api, route } from './api';

const statisticsApi = api.injectEndpoints({
  endpoints: (build) => ({
    eventWebhooksGetStatistics: build.query<WebhookStatistics, StatisticsQuery & { id: number }>({
      query: ({ id, ...params }) => ({
        url: route(`/webhooks/${id}/statistics`),
        method: 'GET',
        config: { params },
      }),
      providesTags: (_result, _error, { id }) => [{ type: 'EventWebhooksWebhook', id }],
    }),
  }),
});

export const { useEventWebhooksGetStatisticsQuery: useStatistics } = statisticsApi;
