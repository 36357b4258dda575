import type {
  SecretView,
  TestResult,
  TriggerResult,
  UrlCheck,
  WebhookInput,
  WebhookList,
  WebhookView,
  WhyInput,
  WhyView,
  bulkWebhookAction,
  rotateInput,
  testInput,
  triggerInput,
  webhookListQuery,
} from '../../../contracts';
import type { z } from 'zod';
import { api, route } from './api';

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
    eventWebhooksCreateWebhook: build.mutation<WebhookView, WebhookInput>({
      query: (data) => ({ url: route('/webhooks'), method: 'POST', data }),
      invalidatesTags: [{ type: 'EventWebhooksWebhook', id: 'LIST' }, 'EventWebhooksEventType'],
    }),
    eventWebhooksUpdateWebhook: build.mutation<WebhookView, { id: number; input: WebhookInput }>({
      query: ({ id, input }) => ({ url: route(`/webhooks/${id}`), method: 'PUT', data: input }),
      invalidatesTags: (_result, _error, { id }) => [
        { type: 'EventWebhooksWebhook', id },
        { type: 'EventWebhooksWebhook', id: 'LIST' },
        'EventWebhooksEventType',
      ],
    }),
    eventWebhooksDeleteWebhook: build.mutation<{ id: number }, number>({
      query: (id) => ({ url: route(`/webhooks/${id}`), method: 'DELETE' }),
      invalidatesTags: [
        { type: 'EventWebhooksWebhook', id: 'LIST' },
        'EventWebhooksEventType',
        'EventWebhooksDelivery',
        'EventWebhooksImportable',
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
    eventWebhooksResumeWebhook: build.mutation<WebhookView, number>({
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
    eventWebhooksTest: build.mutation<TestResult, z.input<typeof testInput>>({
      query: (data) => ({ url: route('/webhooks/actions/test'), method: 'POST', data }),
      invalidatesTags: ['EventWebhooksDelivery', { type: 'EventWebhooksWebhook', id: 'LIST' }],
    }),
    eventWebhooksTrigger: build.mutation<TriggerResult, { id: number; input: z.input<typeof triggerInput> }>({
      query: ({ id, input }) => ({ url: route(`/webhooks/${id}/trigger`), method: 'POST', data: input }),
      invalidatesTags: (_result, _error, { id }) => [
        { type: 'EventWebhooksDelivery', id: 'LIST' },
        { type: 'EventWebhooksWebhook', id },
        { type: 'EventWebhooksWebhook', id: 'LIST' },
      ],
    }),
    eventWebhooksWhy: build.query<WhyView, WhyInput & { id: number }>({
      query: ({ id, ...params }) => ({
        url: route(`/webhooks/${id}/why`),
        method: 'GET',
        config: { params },
      }),
      // It tells of things as they are now, and is asked because something has changed.
      keepUnusedDataFor: 0,
      providesTags: ['EventWebhooksDelivery', 'EventWebhooksWebhook', 'EventWebhooksStatus'],
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
      ],
    }),
  }),
});

export const {
  useEventWebhooksListWebhooksQuery: useWebhooks,
  useEventWebhooksGetWebhookQuery: useWebhook,
  useEventWebhooksCreateWebhookMutation: useCreateWebhook,
  useEventWebhooksUpdateWebhookMutation: useUpdateWebhook,
  useEventWebhooksDeleteWebhookMutation: useDeleteWebhook,
  useEventWebhooksBulkMutation: useBulkWebhooks,
  useEventWebhooksResumeWebhookMutation: useResumeWebhook,
  useEventWebhooksCheckUrlQuery: useUrlCheck,
  useEventWebhooksTestMutation: useSendTest,
  useEventWebhooksWhyQuery: useWhy,
  useEventWebhooksTriggerMutation: useTrigger,
  useEventWebhooksGetSecretQuery: useSecret,
  useEventWebhooksRotateSecretMutation: useRotateSecret,
} = webhooksApi;
