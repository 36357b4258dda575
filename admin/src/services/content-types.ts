import { api } from './api';

interface ContentManagerInit {
  data: {
    contentTypes: { uid: string; kind: string; isDisplayed: boolean; info: { displayName: string } }[];
  };
}

export interface ShownContentType {
  uid: string;
  displayName: string;
  kind: 'collectionType' | 'singleType';
}

const contentTypesApi = api.injectEndpoints({
  endpoints: (build) => ({
    // The content manager's own list, for links into it: which types it shows, and under which path.
    eventWebhooksListContentTypes: build.query<ShownContentType[], void>({
      query: () => ({ url: '/content-manager/init', method: 'GET' }),
      transformResponse: ({ data }: ContentManagerInit) =>
        data.contentTypes
          .filter(({ isDisplayed }) => isDisplayed)
          .map(({ uid, kind, info }) => ({
            uid,
            displayName: info.displayName,
            kind: kind === 'singleType' ? 'singleType' : 'collectionType',
          })),
    }),
  }),
});

export const { useEventWebhooksListContentTypesQuery: useContentTypes } = contentTypesApi;
