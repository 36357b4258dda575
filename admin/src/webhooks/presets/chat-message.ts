/** Where in the body of a chat its message stands. */
const places: Readonly<Record<string, readonly (string | number)[]>> = {
  slack: ['text'],
  discord: ['content'],
  teams: ['attachments', 0, 'content', 'body', 0, 'text'],
  ntfy: ['message'],
};

/** The words of the link in the messages of presets; that of ntfy has none. */
export const entryLink = 'Open in Strapi';

export interface ChatMessage {
  text: string;
  /** The message leads to the entry. */
  hasLink: boolean;
}

const linkOfDiscord = /\n\[Open in Strapi\]\(<[^\n]*>\)$/;

/** What people will read of the body that is sent to a chat; null where it is none. */
export function chatMessage(presetId: string, body: string): ChatMessage | null {
  const place = places[presetId];
  if (!place) return null;
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return null;
  }
  const hasLink = body.includes(entryLink);
  for (const step of place) value = isRecord(value) ? value[step] : undefined;
  if (typeof value !== 'string') return null;
  const text = value.replace(linkOfDiscord, '');
  return { text: presetId === 'slack' ? unescaped(text) : text, hasLink };
}

const isRecord = (value: unknown): value is Record<string | number, unknown> =>
  typeof value === 'object' && value !== null;

const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
