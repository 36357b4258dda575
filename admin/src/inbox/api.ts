import type { InboxRequestDetail, InboxRequestList, InboxSettings, InboxView } from '../../../contracts';
import { api, route } from '../api/transport';

interface RequestArgs {
  token: string;
  id: number;
}

const inboxesApi = api.injectEndpoints({
  endpoints: (build) => ({
    eventWebhooksListInboxes: build.query<{ results: InboxView[] }, void>({
      query: () => ({ url: route('/inboxes'), method: 'GET' }),
      providesTags: ['EventWebhooksInbox'],
    }),
    eventWebhooksCreateInbox: build.mutation<InboxView | { token: string }, InboxSettings>({
      query: (data) => ({ url: route('/inboxes'), method: 'POST', data }),
      invalidatesTags: ['EventWebhooksInbox'],
    }),
    eventWebhooksUpdateInbox: build.mutation<
      InboxView | { token: string },
      { token: string; settings: InboxSettings }
    >({
      query: ({ token, settings }) => ({ url: route(`/inboxes/${token}`), method: 'PUT', data: settings }),
      invalidatesTags: ['EventWebhooksInbox', 'EventWebhooksInboxRequest'],
    }),
    eventWebhooksDeleteInbox: build.mutation<{ token: string }, string>({
      query: (token) => ({ url: route(`/inboxes/${token}`), method: 'DELETE' }),
      invalidatesTags: ['EventWebhooksInbox'],
    }),
    eventWebhooksListInboxRequests: build.query<InboxRequestList, string>({
      query: (token) => ({ url: route(`/inboxes/${token}/requests`), method: 'GET' }),
      providesTags: ['EventWebhooksInboxRequest'],
    }),
    eventWebhooksGetInboxRequest: build.query<InboxRequestDetail, RequestArgs>({
      query: ({ token, id }) => ({ url: route(`/inboxes/${token}/requests/${id}`), method: 'GET' }),
    }),
    eventWebhooksClearInbox: build.mutation<InboxView | { token: string }, string>({
      query: (token) => ({ url: route(`/inboxes/${token}/requests`), method: 'DELETE' }),
      invalidatesTags: ['EventWebhooksInbox', 'EventWebhooksInboxRequest'],
    }),
  }),
});

export const {
  useEventWebhooksListInboxesQuery: useInboxes,
  useEventWebhooksCreateInboxMutation: useCreateInbox,
  useEventWebhooksUpdateInboxMutation: useUpdateInbox,
  useEventWebhooksDeleteInboxMutation: useDeleteInbox,
  useEventWebhooksListInboxRequestsQuery: useInboxRequests,
  useEventWebhooksGetInboxRequestQuery: useInboxRequest,
  useEventWebhooksClearInboxMutation: useClearInbox,
} = inboxesApi;
