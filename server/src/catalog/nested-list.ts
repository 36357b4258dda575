/** One step from an entry to what it holds; `on` is the component of a dynamic zone. */
export interface NestedStep {
  name: string;
  on?: string;
}

/** A list of related entries that is not the entry's own: `category` → `products`. */
export interface NestedList {
  /** The steps to what has the list. */
  path: readonly NestedStep[];
  /** Content type or component that has the list. */
  uid: string;
  name: string;
}
