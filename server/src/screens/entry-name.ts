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

/** How the entry in a standard body is called, by which of its fields; by its document id if it has no name. */
export function entryNameOf(body: string | null): { name: string; field: string | null } | null {
  if (body === null) return null;
  try {
    const { data } = JSON.parse(body) as { data?: Record<string, unknown> | null };
    const entry = (data?.['entry'] ?? data) as Record<string, unknown> | null | undefined;
    const field = names.find((name) => typeof entry?.[name] === 'string' && entry[name] !== '');
    if (field !== undefined) return { name: String(entry?.[field]).slice(0, longest), field };
    return typeof data?.['documentId'] === 'string' ? { name: data['documentId'], field: null } : null;
  } catch {
    return null;
  }
}
