import type { z } from 'zod';
import type {
  Done,
  QueueView,
  SettingsInput,
  SettingsView,
  StatusView,
  TestEmailResult,
  pauseInput,
} from '../../../contracts';
import { api, route } from '../api/transport';

const settingsApi = api.injectEndpoints({
  endpoints: (build) => ({
    eventWebhooksGetSettings: build.query<SettingsView, void>({
      query: () => ({ url: route('/settings'), method: 'GET' }),
      providesTags: ['EventWebhooksSettings'],
    }),
    eventWebhooksGetQueue: build.query<QueueView, void>({
      query: () => ({ url: route('/queue'), method: 'GET' }),
      providesTags: ['EventWebhooksStatus', 'EventWebhooksWebhook'],
    }),
    eventWebhooksUpdateSettings: build.mutation<SettingsView | Done, SettingsInput>({
      query: (data) => ({ url: route('/settings'), method: 'PUT', data }),
      invalidatesTags: ['EventWebhooksSettings'],
    }),
    eventWebhooksTestEmail: build.mutation<TestEmailResult, void>({
      query: () => ({ url: route('/settings/test-email'), method: 'POST' }),
      invalidatesTags: ['EventWebhooksSettings'],
    }),
    eventWebhooksPauseEverything: build.mutation<StatusView | Done, z.infer<typeof pauseInput>>({
      query: (data) => ({ url: route('/settings/pause'), method: 'POST', data }),
      invalidatesTags: ['EventWebhooksSettings', 'EventWebhooksStatus', 'EventWebhooksWebhook'],
    }),
    eventWebhooksResumeEverything: build.mutation<StatusView | Done, void>({
      query: () => ({ url: route('/settings/resume'), method: 'POST' }),
      invalidatesTags: ['EventWebhooksSettings', 'EventWebhooksStatus', 'EventWebhooksWebhook'],
    }),
  }),
});

export const {
  useEventWebhooksGetSettingsQuery: useSettings,
  useEventWebhooksGetQueueQuery: useQueue,
  useEventWebhooksUpdateSettingsMutation: useUpdateSettings,
  useEventWebhooksTestEmailMutation: useSendTestEmail,
  useEventWebhooksPauseEverythingMutation: usePauseEverything,
  useEventWebhooksResumeEverythingMutation: useResumeEverything,
} = settingsApi;
