import { api } from './api';

interface ContentManagerInit {
  data: { contentTypes: { uid: string; kind: string; isDisplayed: boolean }[] };
}

export interface ContentTypeKind {
  uid: string;
  kind: 'collectionType' | 'singleType';
}

const contentTypesApi = api.injectEndpoints({
  endpoints: (build) => ({
    // The content manager's own list, for links into it: which types it shows, and under which path.
    eventWebhooksListContentTypes: build.query<ContentTypeKind[], void>({
      query: () => ({ url: '/content-manager/init', method: 'GET' }),
      transformResponse: ({ data }: ContentManagerInit) =>
        data.contentTypes
          .filter(({ isDisplayed }) => isDisplayed)
          .map(({ uid, kind }) => ({ uid, kind: kind === 'singleType' ? 'singleType' : 'collectionType' })),
    }),
  }),
});

export const { useEventWebhooksListContentTypesQuery: useContentTypes } = contentTypesApi;
