import type { EntryReference } from '../../../contracts';
import { api } from '../api/transport';

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

/** An entry that can be chosen, named as the content manager names it. */
export interface EntryChoice extends EntryReference {
  name: string;
  /** Null for types without draft and publish. */
  status: 'draft' | 'published' | 'modified' | null;
  /** ISO 8601. */
  updatedAt: string | null;
}

export interface EntryListArgs {
  uid: string;
  kind: ShownContentType['kind'];
  /** Of the entry, as the content manager is set up. */
  mainField: string;
  text: string;
  /** Null: in the default locale. */
  locale: string | null;
}

export interface EntryNameArgs extends Omit<EntryListArgs, 'text'> {
  documentId: string;
}

type Found = Record<string, unknown> & { documentId: string };

const shownAtMost = 8;
const statuses = ['draft', 'published', 'modified'] as const;

const textOf = (value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : null;

const choiceOf = (uid: string, mainField: string, found: Found): EntryChoice => ({
  uid,
  documentId: found.documentId,
  locale: textOf(found.locale),
  name: textOf(found[mainField]) || found.documentId,
  status: statuses.find((status) => status === found.status) ?? null,
  updatedAt: textOf(found.updatedAt),
});

const entriesApi = api.injectEndpoints({
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
    // All of these are the content manager's own, under its permissions: nobody sees more here than there.
    eventWebhooksListEntries: build.query<EntryChoice[], EntryListArgs>({
      query: ({ uid, kind, text, locale }) =>
        kind === 'singleType'
          ? { url: `/content-manager/single-types/${uid}`, method: 'GET', config: { params: { locale } } }
          : {
              url: `/content-manager/collection-types/${uid}`,
              method: 'GET',
              config: {
                params: {
                  page: 1,
                  pageSize: shownAtMost,
                  sort: 'updatedAt:DESC',
                  ...(text ? { _q: text } : {}),
                  ...(locale ? { locale } : {}),
                },
              },
            },
      transformResponse: (answer: { results?: Found[]; data?: Found | null }, _meta, { uid, mainField }) =>
        (answer.results ?? (answer.data ? [answer.data] : []))
          .filter(({ documentId }) => typeof documentId === 'string')
          .map((found) => choiceOf(uid, mainField, found)),
      // What was written a moment ago is what one looks for.
      keepUnusedDataFor: 0,
    }),
    // Its name as the content manager shows it; null where it has none.
    eventWebhooksEntryName: build.query<string | null, EntryNameArgs>({
      query: ({ uid, kind, documentId, locale }) => ({
        url:
          kind === 'singleType'
            ? `/content-manager/single-types/${uid}`
            : `/content-manager/collection-types/${uid}/${documentId}`,
        method: 'GET',
        config: { params: locale ? { locale } : {} },
      }),
      transformResponse: ({ data }: { data?: Found | null }, _meta, { mainField }) =>
        textOf(data?.[mainField]) || null,
    }),
    eventWebhooksMainField: build.query<string, string>({
      query: (uid) => ({ url: `/content-manager/content-types/${uid}/configuration`, method: 'GET' }),
      transformResponse: (answer: { data: { contentType: { settings: { mainField: string } } } }) =>
        answer.data.contentType.settings.mainField,
    }),
    eventWebhooksListLocales: build.query<{ code: string; name: string; isDefault: boolean }[], void>({
      query: () => ({ url: '/i18n/locales', method: 'GET' }),
    }),
  }),
});

export const {
  useEventWebhooksListContentTypesQuery: useContentTypes,
  useEventWebhooksListEntriesQuery: useEntries,
  useEventWebhooksEntryNameQuery: useEntryNameOf,
  useEventWebhooksMainFieldQuery: useMainField,
  useEventWebhooksListLocalesQuery: useLocales,
} = entriesApi;
