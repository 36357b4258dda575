/** `data` of every content event. */
export interface ContentEventData {
  uid: string;
  model: string;
  documentId: string;
  locale: string | null;
  /** Which row `entry` is. `deleted` carries the published one if there was one. */
  status: 'draft' | 'published';
  entry: Record<string, unknown>;
  /** Names of what changed; null where it is not known (created, deleted). */
  changedFields: string[] | null;
  /** Values before the change of the fields in `changedFields`. */
  previous: Record<string, unknown> | null;
  /** Lists of `entry` that are told in part only: how many there are in truth, by path. Left out where there is none. */
  truncated?: Record<string, number>;
  /** Only in the thin form: why `entry` holds no more than ids and what rules name. */
  thin?: string;
}
