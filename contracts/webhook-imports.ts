/** A part of one of Strapi's own webhooks that has no counterpart here; the rest is imported. */
export interface LeftOut {
  what: 'event' | 'header';
  name: string;
  reason: string;
}

/** One of Strapi's own webhooks that can be imported, and what the import would do. */
export interface ImportableWebhook {
  id: number;
  name: string;
  url: string;
  events: string[];
  enabled: boolean;
  imported: boolean;
  leftOut: LeftOut[];
  /** Why it cannot be imported at all; null if it can. */
  refused: string | null;
}

export interface ImportableWebhooks {
  results: ImportableWebhook[];
}

export interface ImportResult {
  imported: {
    name: string;
    id: number;
    leftOut: LeftOut[];
    /** What became of Strapi's own: `still_on` where it was to be turned off and could not be. */
    original: 'untouched' | 'disabled' | 'still_on';
  }[];
  refused: { name: string; reason: string }[];
}
