/** What an entry is called by, the likeliest first. */
const names = [
  'title',
  'name',
  'displayName',
  'label',
  'subject',
  'reference',
  'number',
  'slug',
  'username',
  'email',
];

const longest = 100;

/** How the entry in a standard body is called; null if it has no name, or there is no entry. */
export function entryNameOf(body: string | null): string | null {
  if (body === null) return null;
  try {
    const { data } = JSON.parse(body) as { data?: Record<string, unknown> | null };
    const entry = (data?.['entry'] ?? data) as Record<string, unknown> | null | undefined;
    const found = names
      .map((name) => entry?.[name])
      .find((value) => typeof value === 'string' && value !== '');
    if (found !== undefined) return String(found).slice(0, longest);
    return typeof data?.['documentId'] === 'string' ? data['documentId'] : null;
  } catch {
    return null;
  }
}
