import type { OverviewView } from '../../../contracts';
import { api, route } from '../api/transport';

const homeApi = api.injectEndpoints({
  endpoints: (build) => ({
    eventWebhooksGetOverview: build.query<OverviewView, void>({
      query: () => ({ url: route('/overview'), method: 'GET' }),
      providesTags: ['EventWebhooksStatus'],
    }),
  }),
});

export const { useEventWebhooksGetOverviewQuery: useOverview } = homeApi;
