/** Elements whose inside is never read by people. */
const unread = /<(script|style)(?=[\s>/])/gi;
const scriptEnd = /<\/script[^<>]*>/gi;
const styleEnd = /<\/style[^<>]*>/gi;
const breaks = /<(?:br|\/p|\/div|\/li|\/h[1-6]|\/tr|\/blockquote)[^<>]*>/gi;
const tags = /<\/?[a-z!][^<>]*>/gi;

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};
const entity = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,5}));/gi;

export const looksLikeHtml = (text: string): boolean => /<\/?[a-z][^<>]*>/i.test(text);

/** The text of an HTML fragment. Each expression passes over the text once: no input makes it slow. */
export function htmlAsText(html: string): string {
  const read = withoutUnread(html).replace(breaks, '\n').replace(tags, '').replace(entity, decoded);
  return read
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** An element that is never closed takes the rest with it, as it does in a browser. */
function withoutUnread(html: string): string {
  const kept: string[] = [];
  let from = 0;
  for (;;) {
    const found = findFrom(unread, html, from);
    if (!found) return kept.join('') + html.slice(from);
    kept.push(html.slice(from, found.index));
    const end = findFrom(found[1]?.toLowerCase() === 'style' ? styleEnd : scriptEnd, html, found.index);
    if (!end) return kept.join('');
    from = end.index + end[0].length;
  }
}

function findFrom(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function decoded(whole: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return named[name.toLowerCase()] ?? whole;
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}
