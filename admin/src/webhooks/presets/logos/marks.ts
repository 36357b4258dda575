/** A drawing in a square of 24: filled areas, and lines with a width of 2. */
export interface Mark {
  areas?: string;
  lines?: string;
}

/**
 * A mark for each preset by its id. They are drawings of our own that say what the target does, and no trademarks of
 * the services: those have rules for their logos, and change them.
 */
export const marks: Readonly<Record<string, Mark>> = {
  slack: { lines: 'M9 4v16M15 4v16M4 9h16M4 15h16' },
  discord: {
    lines: 'M5 6h14v10h-6l-4 4v-4H5z',
    areas: 'M8.5 10h2v2h-2zM13.5 10h2v2h-2z',
  },
  teams: { lines: 'M4 6h10v12H4zM14 9h6v8h-6M7 10h4M7 14h4' },
  ntfy: { lines: 'M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 21h4' },
  zapier: { lines: 'M13 3L5 14h6l-1 7 8-11h-6z' },
  n8n: {
    lines: 'M6 12h5M13 10l4-3M13 14l4 3',
    areas: 'M3 10h4v4H3zM10 10h4v4h-4zM17 4h4v4h-4zM17 16h4v4h-4z',
  },
  make: { lines: 'M3 17l4-10 5 10 5-10 4 10' },
  pipedream: { lines: 'M4 8h9a4 4 0 0 1 0 8H8M4 12h5', areas: 'M17 11h3v2h-3z' },
  github: {
    lines: 'M7 8v8M7 12h6a4 4 0 0 0 4-4',
    areas: 'M5 4h4v4H5zM5 16h4v4H5zM15 4h4v4h-4z',
  },
  netlify: { lines: 'M12 3l9 9-9 9-9-9zM8 12h8M12 8v8' },
  vercel: { lines: 'M12 20V6M6 12l6-6 6 6' },
  cloudflare_pages: { lines: 'M7 18a4 4 0 0 1 0-8 5 5 0 0 1 9.6-1A4.5 4.5 0 0 1 17 18z' },
  nextjs: { lines: 'M19 12a7 7 0 1 1-2-4.9M19 4v4h-4' },
  algolia: { lines: 'M11 17a6 6 0 1 0 0-12 6 6 0 0 0 0 12zM15.5 15.5L20 20', areas: 'M10 10h2v2h-2z' },
  meilisearch: { lines: 'M10 15a5 5 0 1 0 0-10 5 5 0 0 0 0 10zM14 14l5 5M4 20h8' },
  typesense: { lines: 'M11 17a6 6 0 1 0 0-12 6 6 0 0 0 0 12zM15.5 15.5L20 20M9 9h4M11 9v5' },
  cloudflare_purge: { lines: 'M7 16a4 4 0 0 1 0-8 5 5 0 0 1 9.6-1A4.5 4.5 0 0 1 17 16M9 20l6-6M9 14l6 6' },
  fastly_purge: { lines: 'M12 20a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM12 13l3-3M10 3h4' },
  graphql: { lines: 'M9 4C6 4 7 8 6 10l-2 2 2 2c1 2 0 6 3 6M15 4c3 0 2 4 3 6l2 2-2 2c-1 2 0 6-3 6' },
  plain: { lines: 'M8 16a4 4 0 1 1 3-6l3 5M14 8a4 4 0 1 1 1 8H9' },
};
