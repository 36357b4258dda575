import type { RequestTemplate } from '../../../../../contracts';

const bodyAtFirst = `{
  "event": "{{ event.type }}",
  "id": "{{ entry.documentId }}"
}
`;

/** What somebody begins with who chooses to write the request. */
export const firstTemplate: RequestTemplate = {
  method: 'POST',
  path: '',
  query: [],
  bodyType: 'json',
  body: bodyAtFirst,
  fields: [],
};

/** A text with the caret in it, or a part of it chosen. */
export interface EditedText {
  text: string;
  /** Offset of the caret. */
  caret: number;
}

export const snippets = {
  field: { before: '{{ ', after: ' }}' },
  secret: { before: '{{ secret.', after: ' }}' },
  condition: { before: '{% if ', after: ' %}\n{% endif %}' },
  list: { before: '{% for item in ', after: ' %}\n{% endfor %}' },
} as const;
export type Snippet = keyof typeof snippets;

/** With a snippet at the caret, where the name is still missing. */
export function inserted({ text, caret }: EditedText, snippet: Snippet): EditedText {
  const { before, after } = snippets[snippet];
  return { text: text.slice(0, caret) + before + after + text.slice(caret), caret: caret + before.length };
}

/** Offset of a place that counts from 1; the end of the text where there is no such place. */
export function offsetOf(text: string, line: number, column: number): number {
  const lines = text.split('\n');
  if (line > lines.length) return text.length;
  const before = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  return before + Math.min(column - 1, lines[line - 1]?.length ?? 0);
}

/** The wrong name at a place: what a suggestion is put in the place of. At least one character. */
export function wordAt(text: string, line: number, column: number): { start: number; end: number } {
  const start = offsetOf(text, line, column);
  const [word = ''] = /^[\w.-]+/.exec(text.slice(start)) ?? [];
  return { start, end: start + Math.max(word.length, 1) };
}

/** With the suggestion in the place of the wrong name. */
export function corrected(text: string, line: number, column: number, suggestion: string): string {
  const { start, end } = wordAt(text, line, column);
  return text.slice(0, start) + suggestion + text.slice(end);
}

export interface OfferedName {
  /** `country`. */
  name: string;
  /** Its value in the chosen event, short; null where there is more below it. */
  shown: string | null;
}

export interface Completion {
  /** Offset at which the name that is being typed begins. */
  start: number;
  offered: OfferedName[];
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const shownLength = 40;
const offeredAtMost = 50;

function shownValue(value: unknown): string | null {
  if (isRecord(value)) return null;
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > shownLength ? `${text.slice(0, shownLength - 1)}…` : text;
}

/** Whether the caret is in a tag or an output that is not closed before it. */
function isInLiquid(before: string): boolean {
  const opened = Math.max(before.lastIndexOf('{{'), before.lastIndexOf('{%'));
  const closed = Math.max(before.lastIndexOf('}}'), before.lastIndexOf('%}'));
  return opened > closed;
}

/** The names that can stand at the caret, by what an event holds; null where none is being typed. */
export function completionAt({ text, caret }: EditedText, context: unknown): Completion | null {
  const before = text.slice(0, caret);
  if (!isInLiquid(before)) return null;
  const [path = ''] = /[A-Za-z_][\w.]*$/.exec(before) ?? [];
  // After a filter's bar, a number or within quotes there is no name of the event.
  const lead = before.slice(0, before.length - path.length);
  if (!/(?:\{\{-?|\{%-?\s*\w+(?:\s+\w+\s+in)?|[\s(,:=<>]|\band|\bor)\s*$/.test(lead) || /\|\s*$/.test(lead))
    return null;
  const steps = path.split('.');
  const typed = steps.pop() ?? '';
  let parent: unknown = context;
  for (const step of steps) parent = isRecord(parent) ? parent[step] : undefined;
  if (!isRecord(parent)) return null;
  const offered = Object.entries(parent)
    .filter(([name]) => name.toLowerCase().startsWith(typed.toLowerCase()) && name !== typed)
    .slice(0, offeredAtMost)
    .map(([name, value]) => ({ name, shown: shownValue(value) }));
  return offered.length > 0 ? { start: caret - typed.length, offered } : null;
}

/** With an offered name in the place of what was typed of it; with a dot where there is more below it. */
export function completed(
  { text, caret }: EditedText,
  start: number,
  { name, shown }: OfferedName,
): EditedText {
  const word = shown === null ? `${name}.` : name;
  return { text: text.slice(0, start) + word + text.slice(caret), caret: start + word.length };
}

/** A piece of a line, as it is coloured. */
export interface Piece {
  text: string;
  kind: 'plain' | 'liquid' | 'name' | 'string';
}

const liquidPattern = /\{\{.*?\}\}|\{%.*?%\}/y;
const textPattern = /"(?:[^"\\{]|\\.|\{(?![{%]))*("(\s*:)?)?/y;
const restPattern = /(?:[^"\\{]|\\.|\{(?![{%]))*("?)/y;

/** A line with its Liquid, and the names and texts of JSON; a text goes on behind the Liquid in it. */
export function piecesOf(line: string): Piece[] {
  const pieces: Piece[] = [];
  let isInText = false;
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(line);
  };
  const push = (text: string, kind: Piece['kind']) => {
    const last = pieces.at(-1);
    if (last && last.kind === kind && kind === 'plain') last.text += text;
    else if (text !== '') pieces.push({ text, kind });
    at += text.length;
  };
  while (at < line.length) {
    const liquid = take(liquidPattern);
    const text: RegExpExecArray | null = isInText ? take(restPattern) : take(textPattern);
    if (liquid) push(liquid[0], 'liquid');
    else if (text && text[0] !== '') {
      isInText = isInText ? text[1] === '' : text[1] === undefined;
      push(text[0], text[2] === undefined ? 'string' : 'name');
    } else push(line.charAt(at), isInText ? 'string' : 'plain');
  }
  return pieces;
}
