import type { EventTypeList } from '../../../contracts';
import { api, route } from './api';

const eventTypesApi = api.injectEndpoints({
  endpoints: (build) => ({
    eventWebhooksListEventTypes: build.query<EventTypeList, void>({
      query: () => ({ url: route('/event-types'), method: 'GET' }),
      providesTags: ['EventWebhooksEventType'],
    }),
  }),
});

export const { useEventWebhooksListEventTypesQuery: useEventTypes } = eventTypesApi;
