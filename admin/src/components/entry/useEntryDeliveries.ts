import { useDeliveries } from '../../services/deliveries';

const shownAtMost = 3;
// A change that was just saved is on its way: its delivery shows up, and its state changes, within moments.
const pollMs = 5000;

/** The newest deliveries that an entry caused; no question is asked without its id. */
export function useEntryDeliveries(uid: string, documentId: string | undefined) {
  return useDeliveries(
    { uid, documentId, pageSize: shownAtMost, tests: 'hide' },
    { skip: documentId === undefined, pollingInterval: pollMs, refetchOnMountOrArgChange: true },
  );
}
