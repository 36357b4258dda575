import type { ReplayCount, ReplayList, ReplayView, replayInput } from '../../../contracts';
import type { z } from 'zod';
import { api, route } from './api';

export type ReplayQuestion = z.input<typeof replayInput>;

const replaysApi = api.injectEndpoints({
  endpoints: (build) => ({
    eventWebhooksListReplays: build.query<ReplayList, void>({
      query: () => ({ url: route('/replays'), method: 'GET' }),
      providesTags: ['EventWebhooksReplay'],
    }),
    // A question, not a change; its answer is soon out of date.
    eventWebhooksCountReplay: build.query<ReplayCount, ReplayQuestion>({
      query: (data) => ({ url: route('/replays/count'), method: 'POST', data }),
      keepUnusedDataFor: 0,
    }),
    eventWebhooksCreateReplay: build.mutation<ReplayView, ReplayQuestion>({
      query: (data) => ({ url: route('/replays'), method: 'POST', data }),
      invalidatesTags: ['EventWebhooksReplay', 'EventWebhooksDelivery', 'EventWebhooksWebhook'],
    }),
    eventWebhooksStopReplay: build.mutation<ReplayView, number>({
      query: (id) => ({ url: route(`/replays/${id}/stop`), method: 'POST' }),
      invalidatesTags: ['EventWebhooksReplay'],
    }),
    eventWebhooksResumeReplay: build.mutation<ReplayView, number>({
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
} = replaysApi;
