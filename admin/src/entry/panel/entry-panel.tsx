import type { ReactNode } from 'react';
import { useAskAllowed } from '../../api/useAllowed';
import { usePolling } from '../../api/usePolling';
import { useText } from '../../text/useText';
import { EntryDeliveries } from './EntryDeliveries';
import { useEntryDeliveries } from './useEntryDeliveries';

/** The used props of a panel of the content manager, whose own types are in another package. */
interface PanelProps {
  model: string;
  documentId?: string;
  document?: { documentId?: string; locale?: string | null };
}

export type Panel = (props: PanelProps) => { title: string; content: ReactNode } | null;

// A change that was just saved is in progress: its delivery appears, and its state changes, within moments.
const pollMs = 5000;

/**
 * Beside an entry in the content manager. Empty if the entry is not saved yet, its type has no events, or the
 * role may not see deliveries.
 */
export const EntryPanel: Panel = ({ model, documentId, document }) => {
  const { t } = useText();
  const allowed = useAskAllowed();
  // A single type has no document id in its URL.
  const id = documentId ?? document?.documentId;
  const mayRead = typeof allowed === 'object' && allowed.deliveriesRead;
  const { data, refetch } = useEntryDeliveries(model, mayRead ? id : undefined);
  usePolling(refetch, mayRead && id ? pollMs : null);
  if (!mayRead || !id || !data?.givesEvents) return null;
  return {
    title: t('plugin.name'),
    content: <EntryDeliveries entry={{ uid: model, documentId: id, locale: document?.locale ?? null }} />,
  };
};
