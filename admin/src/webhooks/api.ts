import type { z } from 'zod';
import type {
  ConditionTrial,
  ConditionTrialResult,
  Done,
  PreviewResult,
  RecentEvents,
  SecretView,
  UrlCheck,
  WebhookChange,
  WebhookInput,
  WebhookList,
  WebhookView,
  bulkWebhookAction,
  homeInput,
  previewInput,
  rotateInput,
  webhookListQuery,
} from '../../../contracts';
import { api, inScreenLanguage, route } from '../api/transport';

export type WebhookListArgs = Partial<z.infer<typeof webhookListQuery>>;

const webhooksApi = api.injectEndpoints({
  endpoints: (build) => ({
    eventWebhooksListWebhooks: build.query<WebhookList, WebhookListArgs>({
      query: (params) => ({ url: route('/webhooks'), method: 'GET', config: { params } }),
      providesTags: [{ type: 'EventWebhooksWebhook', id: 'LIST' }],
    }),
    eventWebhooksGetWebhook: build.query<WebhookView, number>({
      query: (id) => ({ url: route(`/webhooks/${id}`), method: 'GET' }),
      providesTags: (_result, _error, id) => [{ type: 'EventWebhooksWebhook', id }],
    }),
    eventWebhooksCreateWebhook: build.mutation<WebhookView | Done, WebhookInput>({
      query: (data) => ({ url: route('/webhooks'), method: 'POST', data }),
      invalidatesTags: [{ type: 'EventWebhooksWebhook', id: 'LIST' }, 'EventWebhooksEventType'],
    }),
    eventWebhooksUpdateWebhook: build.mutation<WebhookView | Done, { id: number; change: WebhookChange }>({
      query: ({ id, change }) => ({ url: route(`/webhooks/${id}`), method: 'PUT', data: change }),
      invalidatesTags: (_result, _error, { id }) => [
        { type: 'EventWebhooksWebhook', id },
        { type: 'EventWebhooksWebhook', id: 'LIST' },
        'EventWebhooksEventType',
        'EventWebhooksStatus',
      ],
    }),
    eventWebhooksDeleteWebhook: build.mutation<{ id: number }, number>({
      query: (id) => ({ url: route(`/webhooks/${id}`), method: 'DELETE' }),
      invalidatesTags: [
        { type: 'EventWebhooksWebhook', id: 'LIST' },
        'EventWebhooksEventType',
        'EventWebhooksDelivery',
        'EventWebhooksImportable',
        'EventWebhooksStatus',
      ],
    }),
    eventWebhooksBulk: build.mutation<{ changed: number }, z.infer<typeof bulkWebhookAction>>({
      query: (data) => ({ url: route('/webhooks/actions/bulk'), method: 'POST', data }),
      invalidatesTags: [
        'EventWebhooksWebhook',
        'EventWebhooksEventType',
        'EventWebhooksImportable',
        'EventWebhooksStatus',
      ],
    }),
    eventWebhooksResumeWebhook: build.mutation<WebhookView | Done, number>({
      query: (id) => ({ url: route(`/webhooks/${id}/resume`), method: 'POST' }),
      invalidatesTags: (_result, _error, id) => [
        { type: 'EventWebhooksWebhook', id },
        { type: 'EventWebhooksWebhook', id: 'LIST' },
        'EventWebhooksStatus',
      ],
    }),
    // A question, not a change: as a query its answer is kept for the address that was asked about.
    eventWebhooksCheckUrl: build.query<UrlCheck, string>({
      query: (url) => ({ url: route('/webhooks/actions/check-url'), method: 'POST', data: { url } }),
    }),
    // Questions too: they change nothing and send nothing.
    eventWebhooksTryConditions: build.query<ConditionTrialResult, ConditionTrial>({
      query: (data) => ({
        url: route('/conditions/actions/try'),
        method: 'POST',
        data,
        config: inScreenLanguage(),
      }),
    }),
    eventWebhooksPreview: build.query<PreviewResult, z.input<typeof previewInput>>({
      query: (data) => ({ url: route('/webhooks/actions/preview'), method: 'POST', data }),
      // The values of secrets that were just typed are part of the question.
      keepUnusedDataFor: 0,
    }),
    eventWebhooksRecentEvents: build.query<RecentEvents, string>({
      query: (events) => ({
        url: route('/events/recent'),
        method: 'GET',
        config: { ...inScreenLanguage(), params: { events } },
      }),
    }),
    eventWebhooksGetSecret: build.query<SecretView, number>({
      query: (id) => ({ url: route(`/webhooks/${id}/secret`), method: 'GET' }),
      providesTags: (_result, _error, id) => [{ type: 'EventWebhooksSecret', id }],
      // A revealed secret does not stay in the store after its field is gone.
      keepUnusedDataFor: 0,
    }),
    eventWebhooksRotateSecret: build.mutation<SecretView, { id: number } & z.input<typeof rotateInput>>({
      query: ({ id, ...data }) => ({ url: route(`/webhooks/${id}/secret/rotate`), method: 'POST', data }),
      invalidatesTags: (_result, _error, { id }) => [
        { type: 'EventWebhooksSecret', id },
        { type: 'EventWebhooksWebhook', id },
        { type: 'EventWebhooksWebhook', id: 'LIST' },
        // The home page asks for a new one where the old could not be read.
        'EventWebhooksStatus',
      ],
    }),
    eventWebhooksDecideHome: build.mutation<{ changed: number }, z.infer<typeof homeInput>>({
      query: (data) => ({ url: route('/webhooks/actions/home'), method: 'POST', data }),
      invalidatesTags: ['EventWebhooksStatus', 'EventWebhooksWebhook', 'EventWebhooksDelivery'],
    }),
  }),
});

export const {
  useEventWebhooksDecideHomeMutation: useDecideHome,
  useEventWebhooksListWebhooksQuery: useWebhooks,
  useEventWebhooksGetWebhookQuery: useWebhook,
  useLazyEventWebhooksGetWebhookQuery: useReadWebhook,
  useEventWebhooksCreateWebhookMutation: useCreateWebhook,
  useEventWebhooksUpdateWebhookMutation: useUpdateWebhook,
  useEventWebhooksDeleteWebhookMutation: useDeleteWebhook,
  useEventWebhooksBulkMutation: useBulkWebhooks,
  useEventWebhooksResumeWebhookMutation: useResumeWebhook,
  useEventWebhooksCheckUrlQuery: useUrlCheck,
  useEventWebhooksTryConditionsQuery: useTriedConditions,
  useEventWebhooksPreviewQuery: usePreview,
  useEventWebhooksRecentEventsQuery: useRecentEvents,
  useEventWebhooksGetSecretQuery: useSecret,
  useEventWebhooksRotateSecretMutation: useRotateSecret,
} = webhooksApi;
