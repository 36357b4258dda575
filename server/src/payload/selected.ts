import type { SelectedEntry, VersionReading } from '../catalog';

/** Eight bodies, but no more than a statement of every database can hold; never less than one. */
export const snapshotLimit = (maxBodyBytes: number): number =>
  Math.max(maxBodyBytes, Math.min(8 * maxBodyBytes, 8 * 1024 * 1024));

/**
 * What webhooks with trees are sent, as it is stored with the event: only where it is more than the body tells, or the
 * body is thin.
 */
export function selectedText(input: {
  reading: VersionReading;
  /** What the trees tell of the entry; null where none of them asks for this version. */
  selected: SelectedEntry | null;
  isThin: boolean;
  maxBodyBytes: number;
}): string | null {
  const { reading, selected, isThin, maxBodyBytes } = input;
  const isMore = reading.selection?.beyond === true || isThin;
  if (selected === null || !isMore) return null;
  const text = JSON.stringify(selected);
  const bytes = Buffer.byteLength(text);
  const limit = snapshotLimit(maxBodyBytes);
  if (bytes <= limit) return text;
  return JSON.stringify({ thin: `too_large: the chosen fields have ${bytes} bytes, the limit is ${limit}` });
}
