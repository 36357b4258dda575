import type { StatusView } from '../../../contracts';
import { api, route } from '../api/transport';

const bannersApi = api.injectEndpoints({
  endpoints: (build) => ({
    eventWebhooksGetStatus: build.query<StatusView, void>({
      query: () => ({ url: route('/status'), method: 'GET' }),
      providesTags: ['EventWebhooksStatus'],
    }),
  }),
});

export const { useEventWebhooksGetStatusQuery: useStatus } = bannersApi;
