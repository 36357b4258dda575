/** An entry that shows another one, told in full enough to revalidate or purge its page. */
export interface ShowingEntryView {
  /** Its content type, e.g. `api::page.page`. */
  uid: string;
  /** Segment of its event types: `page`. */
  model: string;
  documentId: string;
  locale: string | null;
  status: 'draft' | 'published';
  /** The text that names it; null if it has none. */
  title: string | null;
  /** Its first field of the type UID; null if it has none. */
  slug: string | null;
  /** The fields through which it shows the entry, one path a step: `['blocks.products']`, `['featured', 'brand']`. */
  via: string[];
}

/** `data.shownBy` of a delivery: which entries show the one that changed. */
export interface ShownBy {
  /** The nearest first, at most `showingLimits.listed`. */
  entries: ShowingEntryView[];
  /** How many there are in truth. */
  total: number;
  /** Whether there are more than `entries`. */
  truncated: boolean;
}

/** What `data.because` of `<type>.affected` says of the change that it follows from. */
export interface AffectedBecause {
  /** The event type of the change: `product.updated`. */
  type: string;
  /** Its `webhook-id`. */
  eventId: string;
  uid: string;
  model: string;
  documentId: string;
  locale: string | null;
  title: string | null;
  /** The fields through which the entry shows it. */
  via: string[];
}

export const showingLimits = {
  /** Entries that `shownBy` lists. */
  listed: 100,
  /** Entries that one change affects: beyond it no event is made, and a line stands in the log. */
  affected: 1000,
  /** Rows that are looked at for one change. */
  rows: 20_000,
} as const;

/** Several changes that affect one entry become one event for a webhook that has no merging of its own. */
export const naturalCollapse = { quietSeconds: 5, maxSeconds: 60, per: 'document', send: 'latest' } as const;
