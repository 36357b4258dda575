import type { ReactNode } from 'react';
import { useAskAllowed } from '../../hooks/useAllowed';
import { useText } from '../../hooks/useText';
import { useEntryDeliveries } from './useEntryDeliveries';
import { EntryDeliveries } from './EntryDeliveries';

/** What the content manager hands to a panel, as far as it is read here; its own types are of another package. */
interface PanelProps {
  model: string;
  documentId?: string;
  document?: { documentId?: string; locale?: string | null };
}

export type Panel = (props: PanelProps) => { title: string; content: ReactNode } | null;

/**
 * Beside an entry in the content manager. Nothing where the entry is not saved yet, its type gives no events, or
 * the role may not see deliveries.
 */
export const EntryPanel: Panel = ({ model, documentId, document }) => {
  const { t } = useText();
  const allowed = useAskAllowed();
  // A single type has no document id in its address.
  const id = documentId ?? document?.documentId;
  const mayRead = typeof allowed === 'object' && allowed.deliveriesRead;
  const { data } = useEntryDeliveries(model, mayRead ? id : undefined);
  if (!mayRead || !id || !data?.givesEvents) return null;
  return {
    title: t('plugin.name'),
    content: <EntryDeliveries entry={{ uid: model, documentId: id, locale: document?.locale ?? null }} />,
  };
};
