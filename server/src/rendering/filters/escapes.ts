import { asText, percentEncoded } from '../template/as-text';
import { renderLimits } from '../template/budget';
import type { FilterBody } from './filter';
import { wholeNumber } from './filter';

type Escapes = Readonly<Record<string, string>>;

/**
 * Escapes a text mark by mark, so that the result has at most `length` characters and no escape is cut in two.
 * With less room than the text needs it ends with an ellipsis.
 */
function escapedWithin(text: string, escapes: Escapes, length: number): string {
  const marks = Array.from(text, (mark) => (Object.hasOwn(escapes, mark) ? (escapes[mark] ?? mark) : mark));
  let used = 0;
  let fits = 0;
  for (const [at, mark] of marks.entries()) {
    used += mark.length;
    if (used > length) return `${marks.slice(0, fits).join('').trimEnd()}${length > 0 ? '…' : ''}`;
    if (used < length) fits = at + 1;
  }
  return marks.join('');
}

/** https://docs.slack.dev/messaging/formatting-message-text#escaping: with these no mention or link can begin. */
const slackEscapes: Escapes = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

const htmlEscapes: Escapes = { ...slackEscapes, '"': '&quot;', "'": '&#39;' };

const markdownMarks = ['\\', '*', '_', '~', '`', '|', '>', '#', '[', ']', '<'] as const;
const markdownEscapes: Escapes = Object.fromEntries(markdownMarks.map((mark) => [mark, `\\${mark}`]));

/** A zero-width space behind it: neither `@everyone` nor a person is mentioned by a text. */
const discordEscapes: Escapes = { ...markdownEscapes, '@': '@\u200b' };

const escaping =
  (escapes: Escapes): FilterBody =>
  ({ value, given }) =>
    escapedWithin(
      asText(value),
      escapes,
      wholeNumber(given[0], renderLimits.output + 1, 0, renderLimits.output + 1),
    );

/** Each takes the number of characters that the result may have: `slack: 3000`. */
export const escapeFilters: Record<string, FilterBody> = {
  slack: escaping(slackEscapes),
  discord: escaping(discordEscapes),
  markdown_escape: escaping(markdownEscapes),
  escape: escaping(htmlEscapes),
  url: ({ value }) => percentEncoded(asText(value)),
};
