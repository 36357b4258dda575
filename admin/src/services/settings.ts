import type { z } from 'zod';
import type {
  OverviewView,
  QueueView,
  SettingsInput,
  SettingsView,
  StatusView,
  homeInput,
  pauseInput,
} from '../../../contracts';
import { api, route } from './api';

const settingsApi = api.injectEndpoints({
  endpoints: (build) => ({
    eventWebhooksGetStatus: build.query<StatusView, void>({
      query: () => ({ url: route('/status'), method: 'GET' }),
      providesTags: ['EventWebhooksStatus'],
    }),
    eventWebhooksGetOverview: build.query<OverviewView, void>({
      query: () => ({ url: route('/overview'), method: 'GET' }),
      providesTags: ['EventWebhooksStatus'],
    }),
    eventWebhooksGetSettings: build.query<SettingsView, void>({
      query: () => ({ url: route('/settings'), method: 'GET' }),
      providesTags: ['EventWebhooksSettings'],
    }),
    eventWebhooksGetQueue: build.query<QueueView, void>({
      query: () => ({ url: route('/queue'), method: 'GET' }),
      providesTags: ['EventWebhooksStatus', 'EventWebhooksWebhook'],
    }),
    eventWebhooksUpdateSettings: build.mutation<SettingsView, SettingsInput>({
      query: (data) => ({ url: route('/settings'), method: 'PUT', data }),
      invalidatesTags: ['EventWebhooksSettings'],
    }),
    eventWebhooksPauseEverything: build.mutation<StatusView, z.infer<typeof pauseInput>>({
      query: (data) => ({ url: route('/settings/pause'), method: 'POST', data }),
      invalidatesTags: ['EventWebhooksSettings', 'EventWebhooksStatus', 'EventWebhooksWebhook'],
    }),
    eventWebhooksResumeEverything: build.mutation<StatusView, void>({
      query: () => ({ url: route('/settings/resume'), method: 'POST' }),
      invalidatesTags: ['EventWebhooksSettings', 'EventWebhooksStatus', 'EventWebhooksWebhook'],
    }),
    eventWebhooksDecideHome: build.mutation<{ changed: number }, z.infer<typeof homeInput>>({
      query: (data) => ({ url: route('/webhooks/actions/home'), method: 'POST', data }),
      invalidatesTags: ['EventWebhooksStatus', 'EventWebhooksWebhook', 'EventWebhooksDelivery'],
    }),
  }),
});

export const {
  useEventWebhooksGetStatusQuery: useStatus,
  useEventWebhooksGetOverviewQuery: useOverview,
  useEventWebhooksGetSettingsQuery: useSettings,
  useEventWebhooksGetQueueQuery: useQueue,
  useEventWebhooksUpdateSettingsMutation: useUpdateSettings,
  useEventWebhooksPauseEverythingMutation: usePauseEverything,
  useEventWebhooksResumeEverythingMutation: useResumeEverything,
  useEventWebhooksDecideHomeMutation: useDecideHome,
} = settingsApi;
