/** Elements whose inside is never read by people. */
const unread = /<(script|style)(?=[\s>/])/i;
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
  let rest = html;
  for (let found = unread.exec(rest); found; found = unread.exec(rest)) {
    kept.push(rest.slice(0, found.index));
    const closing = `</${(found[1] ?? '').toLowerCase()}`;
    const end = rest.toLowerCase().indexOf(closing, found.index);
    const close = end < 0 ? -1 : rest.indexOf('>', end);
    if (close < 0) return kept.join('');
    rest = rest.slice(close + 1);
  }
  return kept.join('') + rest;
}

function decoded(whole: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return named[name.toLowerCase()] ?? whole;
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}
