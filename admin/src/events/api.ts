import type { z } from 'zod';
import type {
  BusinessEventDeleted,
  BusinessEventInput,
  BusinessEventList,
  BusinessEventPreviewResult,
  BusinessEventSubjects,
  BusinessEventView,
  Done,
  EventTypeList,
  businessEventChange,
  businessEventPreview,
} from '../../../contracts';
import { api, inScreenLanguage, route } from '../api/transport';

const changed = ['EventWebhooksBusinessEvent', 'EventWebhooksEventType', 'EventWebhooksWebhook'] as const;

const eventTypesApi = api.injectEndpoints({
  endpoints: (build) => ({
    eventWebhooksListEventTypes: build.query<EventTypeList, void>({
      query: () => ({ url: route('/event-types'), method: 'GET', config: inScreenLanguage() }),
      providesTags: ['EventWebhooksEventType'],
    }),
    eventWebhooksListBusinessEvents: build.query<BusinessEventList, void>({
      query: () => ({ url: route('/business-events'), method: 'GET', config: inScreenLanguage() }),
      providesTags: ['EventWebhooksBusinessEvent'],
    }),
    eventWebhooksBusinessEventSubjects: build.query<BusinessEventSubjects, void>({
      query: () => ({ url: route('/business-events/subjects'), method: 'GET', config: inScreenLanguage() }),
    }),
    eventWebhooksCreateBusinessEvent: build.mutation<BusinessEventView | Done, BusinessEventInput>({
      query: (data) => ({ url: route('/business-events'), method: 'POST', data, config: inScreenLanguage() }),
      invalidatesTags: [...changed],
    }),
    eventWebhooksUpdateBusinessEvent: build.mutation<
      BusinessEventView | Done,
      { id: number; change: z.input<typeof businessEventChange> }
    >({
      query: ({ id, change }) => ({
        url: route(`/business-events/${id}`),
        method: 'PUT',
        data: change,
        config: inScreenLanguage(),
      }),
      invalidatesTags: [...changed],
    }),
    eventWebhooksDeleteBusinessEvent: build.mutation<BusinessEventDeleted, number>({
      query: (id) => ({ url: route(`/business-events/${id}`), method: 'DELETE' }),
      invalidatesTags: [...changed],
    }),
    // A question, not a change.
    eventWebhooksPreviewBusinessEvent: build.query<
      BusinessEventPreviewResult,
      z.input<typeof businessEventPreview>
    >({
      query: (data) => ({
        url: route('/business-events/actions/preview'),
        method: 'POST',
        data,
        config: inScreenLanguage(),
      }),
      // It may hold what stands in an entry.
      keepUnusedDataFor: 0,
    }),
  }),
});

export const {
  useEventWebhooksListEventTypesQuery: useEventTypes,
  useEventWebhooksListBusinessEventsQuery: useBusinessEvents,
  useEventWebhooksBusinessEventSubjectsQuery: useBusinessEventSubjects,
  useEventWebhooksCreateBusinessEventMutation: useCreateBusinessEvent,
  useEventWebhooksUpdateBusinessEventMutation: useUpdateBusinessEvent,
  useEventWebhooksDeleteBusinessEventMutation: useDeleteBusinessEvent,
  useEventWebhooksPreviewBusinessEventQuery: useBusinessEventPreview,
} = eventTypesApi;
