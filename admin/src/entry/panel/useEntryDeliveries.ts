import { useDeliveries } from '../../deliveries/api';

const shownAtMost = 3;

/** The newest deliveries of an entry; no query without its id. */
export function useEntryDeliveries(uid: string, documentId: string | undefined) {
  return useDeliveries(
    { uid, documentId, pageSize: shownAtMost, tests: 'hide' },
    { skip: documentId === undefined, refetchOnMountOrArgChange: true },
  );
}
