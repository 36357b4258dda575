import type { z } from 'zod';
import type { DeliveryDetail, DeliveryPage, deliveryListQuery } from '../../../contracts';
import { api, route } from './api';

export type DeliveryListArgs = Partial<z.infer<typeof deliveryListQuery>>;

const deliveriesApi = api.injectEndpoints({
  endpoints: (build) => ({
    eventWebhooksListDeliveries: build.query<DeliveryPage, DeliveryListArgs>({
      query: (params) => ({ url: route('/deliveries'), method: 'GET', config: { params } }),
      providesTags: [{ type: 'EventWebhooksDelivery', id: 'LIST' }],
    }),
    eventWebhooksGetDelivery: build.query<DeliveryDetail, number>({
      query: (id) => ({ url: route(`/deliveries/${id}`), method: 'GET' }),
      providesTags: (_result, _error, id) => [{ type: 'EventWebhooksDelivery', id }],
    }),
    eventWebhooksResend: build.mutation<DeliveryDetail, number>({
      query: (id) => ({ url: route(`/deliveries/${id}/resend`), method: 'POST' }),
      invalidatesTags: (_result, _error, id) => [
        { type: 'EventWebhooksDelivery', id },
        { type: 'EventWebhooksDelivery', id: 'LIST' },
      ],
    }),
    eventWebhooksCancel: build.mutation<DeliveryDetail, number>({
      query: (id) => ({ url: route(`/deliveries/${id}/cancel`), method: 'POST' }),
      invalidatesTags: (_result, _error, id) => [
        { type: 'EventWebhooksDelivery', id },
        { type: 'EventWebhooksDelivery', id: 'LIST' },
      ],
    }),
  }),
});

export const {
  useEventWebhooksListDeliveriesQuery: useDeliveries,
  useEventWebhooksGetDeliveryQuery: useDelivery,
  useEventWebhooksResendMutation: useResend,
  useEventWebhooksCancelMutation: useCancelDelivery,
} = deliveriesApi;
