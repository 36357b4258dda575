import { useMemo, useState } from 'react';
import type { DeliveryRow } from '../../../../contracts';

/** Which rows in sight are ticked. */
export interface Selection {
  ids: ReadonlySet<number>;
  /** Whether every row that can be sent again is ticked. */
  isWhole: boolean;
  canSend: (row: DeliveryRow) => boolean;
  toggle: (id: number) => void;
  toggleAll: () => void;
  clear: () => void;
}

const nothing: ReadonlySet<number> = new Set();
const unsendable = new Set(['delivering', 'blocked', 'collapsed']);

/** The server's rule: a test is none of our events, and what is under way, in line or merged stays as it is. */
const canSend = (row: DeliveryRow): boolean => !row.test && !unsendable.has(row.state);

/** What is ticked counts only while it is in sight. */
export function useSelection(rows: readonly DeliveryRow[]): Selection {
  const [ticked, setTicked] = useState(nothing);
  return useMemo(() => {
    const sendable = rows.filter(canSend).map(({ id }) => id);
    const ids = new Set(sendable.filter((id) => ticked.has(id)));
    const isWhole = sendable.length > 0 && ids.size === sendable.length;
    return {
      ids,
      isWhole,
      canSend,
      toggle: (id) => {
        const next = new Set(ids);
        if (!next.delete(id)) next.add(id);
        setTicked(next);
      },
      toggleAll: () => setTicked(isWhole ? nothing : new Set(sendable)),
      clear: () => setTicked(nothing),
    };
  }, [rows, ticked]);
}
