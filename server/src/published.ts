/** Whether a row of content is the published one: it says when it became that. A row without the field is none. */
export const isPublished = (row: { publishedAt?: unknown }): boolean => (row.publishedAt ?? null) !== null;
