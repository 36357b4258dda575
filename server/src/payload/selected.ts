import type { SelectedEntry, VersionReading } from '../catalog';

export interface TextLimits {
  maxBodyBytes: number;
  /** All texts of an event together: what one statement of the database certainly holds. */
  maxEventBytes: number;
}

/** Eight bodies, but no more than a statement of every database can hold. */
export const snapshotLimit = ({ maxBodyBytes, maxEventBytes }: TextLimits): number =>
  Math.min(Math.max(maxBodyBytes, Math.min(8 * maxBodyBytes, 8 * 1024 * 1024)), maxEventBytes);

/**
 * What webhooks with trees are sent, as it is stored with the event: only where it is more than the body tells, or the
 * body is thin.
 */
export function selectedText(input: {
  reading: VersionReading;
  /** What the trees tell of the entry; null where none of them asks for this version. */
  selected: SelectedEntry | null;
  isThin: boolean;
  /** The body beside which it is stored. */
  body: string | null;
  limits: TextLimits;
}): string | null {
  const { reading, selected, isThin, body, limits } = input;
  const isMore = reading.selection?.beyond === true || isThin;
  if (selected === null || !isMore) return null;
  const text = JSON.stringify(selected);
  const bytes = Buffer.byteLength(text);
  const limit = Math.min(snapshotLimit(limits), limits.maxEventBytes - Buffer.byteLength(body ?? ''));
  if (bytes <= limit) return text;
  return JSON.stringify({ thin: `too_large: the chosen fields have ${bytes} bytes, the limit is ${limit}` });
}
