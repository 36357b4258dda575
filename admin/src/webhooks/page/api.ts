import type { StatisticsQuery, WebhookStatistics } from '../../../../contracts';
import { api, inScreenLanguage, route } from '../../api/transport';

const statisticsApi = api.injectEndpoints({
  endpoints: (build) => ({
    eventWebhooksGetStatistics: build.query<WebhookStatistics, StatisticsQuery & { id: number }>({
      query: ({ id, ...params }) => ({
        url: route(`/webhooks/${id}/statistics`),
        method: 'GET',
        config: { params, ...inScreenLanguage() },
      }),
      providesTags: (_result, _error, { id }) => [{ type: 'EventWebhooksWebhook', id }],
    }),
  }),
});

export const { useEventWebhooksGetStatisticsQuery: useStatistics } = statisticsApi;
