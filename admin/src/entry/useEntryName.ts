import { useContentTypes, useEntryNameOf, useMainField } from './api';

interface EntryOfEvent {
  uid: string;
  documentId: string;
  locale: string | null;
}

/**
 * What an entry is called in the content manager; its document id while that is not known: it is gone, has no name, or
 * the role may not read it.
 */
export function useEntryName(entry: EntryOfEvent | null): string {
  const { data: types } = useContentTypes(undefined, { skip: !entry });
  const kind = types?.find(({ uid }) => uid === entry?.uid)?.kind;
  const { currentData: mainField } = useMainField(entry?.uid ?? '', { skip: !entry || !kind });
  const isAskable = entry && kind && mainField !== undefined;
  const { currentData: name } = useEntryNameOf(
    {
      ...(entry ?? { uid: '', documentId: '', locale: null }),
      ...{ kind: kind ?? 'collectionType', mainField: mainField ?? 'documentId' },
    },
    { skip: !isAskable },
  );
  return name ?? entry?.documentId ?? '';
}
