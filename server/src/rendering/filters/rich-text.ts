import { asText } from '../template/as-text';
import { blocksAsMarkdown, blocksAsText, isBlocks } from './blocks';
import { htmlAsText, looksLikeHtml } from './html';
import { markdownAsText } from './markdown-text';
import type { FilterBody } from './filter';

/** Plain text of what an editor wrote: blocks, HTML or Markdown. */
export function plainText(value: unknown): string {
  if (isBlocks(value)) return blocksAsText(value);
  const text = asText(value);
  return markdownAsText(looksLikeHtml(text) ? htmlAsText(text) : text);
}

export const richTextFilters: Record<string, FilterBody> = {
  text: ({ value }) => plainText(value),
  markdown: ({ value }) => (isBlocks(value) ? blocksAsMarkdown(value) : asText(value)),
  strip_html: ({ value }) => htmlAsText(asText(value)),
};
