import type { EventTypeList } from '../../../contracts';
import { api, inScreenLanguage, route } from '../api/transport';

const eventTypesApi = api.injectEndpoints({
  endpoints: (build) => ({
    eventWebhooksListEventTypes: build.query<EventTypeList, void>({
      query: () => ({ url: route('/event-types'), method: 'GET', config: inScreenLanguage() }),
      providesTags: ['EventWebhooksEventType'],
    }),
  }),
});

export const { useEventWebhooksListEventTypesQuery: useEventTypes } = eventTypesApi;
