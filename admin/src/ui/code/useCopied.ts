import { useEffect, useState } from 'react';
import { useCopy } from './useCopy';

// Long enough to be read, short enough not to be taken for a state.
const praiseMs = 2000;

/** Whether `value` was just copied, and what copies it. */
export function useCopied(value: string): { copied: boolean; copy: () => Promise<void> } {
  const copyText = useCopy();
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), praiseMs);
    return () => clearTimeout(timer);
  }, [copied]);

  return { copied, copy: async () => setCopied(await copyText(value)) };
}
