import type { ImportResult, ImportableWebhooks } from '../../../../contracts';
import { api, route } from '../../api/transport';

const importableApi = api.injectEndpoints({
  endpoints: (build) => ({
    eventWebhooksListImportable: build.query<ImportableWebhooks, void>({
      query: () => ({ url: route('/importable'), method: 'GET' }),
      providesTags: ['EventWebhooksImportable'],
    }),
    eventWebhooksImport: build.mutation<ImportResult, { ids: number[]; disableOriginals: boolean }>({
      query: (data) => ({ url: route('/importable/import'), method: 'POST', data }),
      invalidatesTags: [
        'EventWebhooksImportable',
        { type: 'EventWebhooksWebhook', id: 'LIST' },
        'EventWebhooksEventType',
      ],
    }),
  }),
});

export const {
  useEventWebhooksListImportableQuery: useImportable,
  useEventWebhooksImportMutation: useImportWebhooks,
} = importableApi;
