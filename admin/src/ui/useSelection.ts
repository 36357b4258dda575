import { useState } from 'react';

/** Which of the rows in sight are selected. */
export interface Selection {
  ids: ReadonlySet<number>;
  /** Every row that can be selected is. */
  isWhole: boolean;
  toggle: (id: number) => void;
  toggleAll: () => void;
  clear: () => void;
}

const nothing: ReadonlySet<number> = new Set();

/** A selection counts only while it is in sight. `selectable`: the ids of the rows that can be selected. */
export function useSelection(selectable: readonly number[]): Selection {
  const [ticked, setTicked] = useState(nothing);
  const ids = new Set(selectable.filter((id) => ticked.has(id)));
  const isWhole = selectable.length > 0 && ids.size === selectable.length;
  return {
    ids,
    isWhole,
    toggle: (id) => {
      const next = new Set(ids);
      if (!next.delete(id)) next.add(id);
      setTicked(next);
    },
    toggleAll: () => setTicked(isWhole ? nothing : new Set(selectable)),
    clear: () => setTicked(nothing),
  };
}

/** What the checkbox above a list shows. */
export const checkedOfAll = ({ ids, isWhole }: Selection): boolean | 'indeterminate' =>
  isWhole ? true : ids.size > 0 && 'indeterminate';
