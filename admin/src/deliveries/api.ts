import type { z } from 'zod';
import type {
  DeliveryDetail,
  DeliveryPage,
  Done,
  ReplayCount,
  ReplayList,
  ReplayView,
  deliveryListQuery,
  replayInput,
} from '../../../contracts';
import { api, inScreenLanguage, route } from '../api/transport';

export type DeliveryListArgs = Partial<z.infer<typeof deliveryListQuery>>;
export type ReplayQuestion = z.input<typeof replayInput>;

const deliveriesApi = api.injectEndpoints({
  endpoints: (build) => ({
    eventWebhooksListDeliveries: build.query<DeliveryPage, DeliveryListArgs>({
      query: (params) => ({
        url: route('/deliveries'),
        method: 'GET',
        config: { params, ...inScreenLanguage() },
      }),
      providesTags: [{ type: 'EventWebhooksDelivery', id: 'LIST' }],
    }),
    eventWebhooksGetDelivery: build.query<DeliveryDetail, number>({
      query: (id) => ({ url: route(`/deliveries/${id}`), method: 'GET', config: inScreenLanguage() }),
      providesTags: (_result, _error, id) => [{ type: 'EventWebhooksDelivery', id }],
    }),
    eventWebhooksResend: build.mutation<DeliveryDetail | Done, number>({
      query: (id) => ({ url: route(`/deliveries/${id}/resend`), method: 'POST' }),
      invalidatesTags: (_result, _error, id) => [
        { type: 'EventWebhooksDelivery', id },
        { type: 'EventWebhooksDelivery', id: 'LIST' },
      ],
    }),
    eventWebhooksCancel: build.mutation<DeliveryDetail | Done, number>({
      query: (id) => ({ url: route(`/deliveries/${id}/cancel`), method: 'POST' }),
      invalidatesTags: (_result, _error, id) => [
        { type: 'EventWebhooksDelivery', id },
        { type: 'EventWebhooksDelivery', id: 'LIST' },
      ],
    }),
    eventWebhooksListReplays: build.query<ReplayList, void>({
      query: () => ({ url: route('/replays'), method: 'GET' }),
      providesTags: ['EventWebhooksReplay'],
    }),
    // A question, not a change; its answer is soon out of date.
    eventWebhooksCountReplay: build.query<ReplayCount, ReplayQuestion>({
      query: (data) => ({ url: route('/replays/count'), method: 'POST', data }),
      providesTags: ['EventWebhooksReplay', 'EventWebhooksDelivery'],
      keepUnusedDataFor: 0,
    }),
    eventWebhooksCreateReplay: build.mutation<ReplayView | Done, ReplayQuestion>({
      query: (data) => ({ url: route('/replays'), method: 'POST', data }),
      invalidatesTags: ['EventWebhooksReplay', 'EventWebhooksDelivery', 'EventWebhooksWebhook'],
    }),
    eventWebhooksStopReplay: build.mutation<ReplayView | Done, number>({
      query: (id) => ({ url: route(`/replays/${id}/stop`), method: 'POST' }),
      invalidatesTags: ['EventWebhooksReplay'],
    }),
    eventWebhooksResumeReplay: build.mutation<ReplayView | Done, number>({
      query: (id) => ({ url: route(`/replays/${id}/resume`), method: 'POST' }),
      invalidatesTags: ['EventWebhooksReplay'],
    }),
  }),
});

export const {
  useEventWebhooksListReplaysQuery: useReplays,
  useEventWebhooksCountReplayQuery: useReplayCount,
  useEventWebhooksCreateReplayMutation: useCreateReplay,
  useEventWebhooksStopReplayMutation: useStopReplay,
  useEventWebhooksResumeReplayMutation: useResumeReplay,
  useEventWebhooksListDeliveriesQuery: useDeliveries,
  useEventWebhooksGetDeliveryQuery: useDelivery,
  useEventWebhooksResendMutation: useResend,
  useEventWebhooksCancelMutation: useCancelDelivery,
} = deliveriesApi;
