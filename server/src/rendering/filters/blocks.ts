import { fieldOf, isRecord } from './filter';

/** A node of Strapi's blocks field: https://docs.strapi.io/cms/features/content-type-builder (rich text, blocks). */
type Node = Readonly<Record<string, unknown>>;

const blockTypes = new Set(['paragraph', 'heading', 'list', 'quote', 'code', 'image']);

/** Whether a value is the content of a blocks field. */
export const isBlocks = (value: unknown): value is readonly Node[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((node) => isRecord(node) && typeof node['type'] === 'string' && blockTypes.has(node['type']));

const textField = (node: Node, name: string): string => {
  const value = fieldOf(node, name);
  return typeof value === 'string' ? value : '';
};
const childrenOf = (node: Node): readonly Node[] => {
  const children = fieldOf(node, 'children');
  return Array.isArray(children) ? children.filter(isRecord) : [];
};
const imageOf = (node: Node): Node => {
  const image = fieldOf(node, 'image');
  return isRecord(image) ? image : {};
};

const wordsOf = (node: Node): string =>
  fieldOf(node, 'type') === 'text' ? textField(node, 'text') : childrenOf(node).map(wordsOf).join('');

/** How lists are written: Markdown and plain text share everything but their marks. */
interface Style {
  inline(nodes: readonly Node[]): string;
  block(node: Node): string;
}

function listLines(list: Node, style: Style, depth: number): string[] {
  const ordered = fieldOf(list, 'format') === 'ordered';
  let number = 0;
  return childrenOf(list).flatMap((item) => {
    if (fieldOf(item, 'type') === 'list') return listLines(item, style, depth + 1);
    number++;
    return [
      `${'  '.repeat(Math.min(depth, 10))}${ordered ? `${number}.` : '-'} ${style.inline(childrenOf(item))}`,
    ];
  });
}

const written = (blocks: readonly Node[], style: Style): string =>
  blocks
    .map((block) =>
      fieldOf(block, 'type') === 'list' ? listLines(block, style, 0).join('\n') : style.block(block),
    )
    .filter((text) => text.trim() !== '')
    .join('\n\n')
    .trim();

const plain: Style = {
  inline: (nodes) => nodes.map(wordsOf).join(''),
  block: (node) =>
    fieldOf(node, 'type') === 'image' ? textField(imageOf(node), 'alternativeText') : wordsOf(node),
};

const marks = [
  ['code', '`'],
  ['bold', '**'],
  ['italic', '_'],
  ['strikethrough', '~~'],
] as const;

function markedUp(node: Node): string {
  if (fieldOf(node, 'type') === 'link') {
    return `[${childrenOf(node).map(markedUp).join('')}](${textField(node, 'url')})`;
  }
  const text = textField(node, 'text');
  if (text.trim() === '') return text;
  return marks.reduce(
    (inside, [name, mark]) => (fieldOf(node, name) === true ? mark + inside + mark : inside),
    text,
  );
}

const markdown: Style = {
  inline: (nodes) => nodes.map(markedUp).join(''),
  block: (node) => {
    const inside = childrenOf(node).map(markedUp).join('');
    switch (fieldOf(node, 'type')) {
      case 'heading':
        return `${'#'.repeat(Math.min(6, Math.max(1, Number(fieldOf(node, 'level')) || 1)))} ${inside}`;
      case 'quote':
        return inside.replace(/^/gm, '> ');
      case 'code':
        return `\`\`\`\n${wordsOf(node)}\n\`\`\``;
      case 'image':
        return `![${textField(imageOf(node), 'alternativeText')}](${textField(imageOf(node), 'url')})`;
      default:
        return inside;
    }
  },
};

export const blocksAsText = (blocks: readonly Node[]): string => written(blocks, plain);
export const blocksAsMarkdown = (blocks: readonly Node[]): string => written(blocks, markdown);
