/** Each passes over the text once and takes no text between two marks longer than this. */
const replacements: readonly (readonly [RegExp, string])[] = [
  [/!\[([^[\]]{0,500})\]\([^()\n]{0,1000}\)/g, '$1'],
  [/\[([^[\]]{0,500})\]\([^()\n]{0,1000}\)/g, '$1'],
  [/^[ \t]{0,3}#{1,6}[ \t]+/gm, ''],
  [/^[ \t]{0,3}>[ \t]?/gm, ''],
  [/^[ \t]{0,3}```.{0,40}$/gm, ''],
  [/\*\*|__|~~|`/g, ''],
  [/(^|[\s(])([*_])(\S[^*_\n]{0,500})\2(?=[\s).,;:!?]|$)/gm, '$1$3'],
];

/** The words of a Markdown text. A text without its marks stays as it is. */
export const markdownAsText = (markdown: string): string =>
  replacements.reduce((text, [mark, by]) => text.replace(mark, by), markdown).trim();
