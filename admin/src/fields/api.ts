import type { FieldModels } from '../../../contracts';
import { api, inScreenLanguage, route } from '../api/transport';

const fieldsApi = api.injectEndpoints({
  endpoints: (build) => ({
    eventWebhooksFieldModels: build.query<FieldModels, string>({
      query: (uids) => ({
        url: route('/fields'),
        method: 'GET',
        config: { ...inScreenLanguage(), params: { uids } },
      }),
    }),
  }),
});

/** What entries of a content type, named by its uid, are made of. */
export const { useEventWebhooksFieldModelsQuery: useFieldModels } = fieldsApi;
