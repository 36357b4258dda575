import type { FieldTree } from '../../../../contracts';

/** What a tree sends, as paths: `title`, `author.name`, `blocks[blocks.hero].*`; `*` stands for all fields of a level. */
export function sentPaths({ fields, parts }: FieldTree, before = ''): string[] {
  const own = fields === 'all' ? ['*'] : fields;
  return [
    ...own.map((name) => `${before}${name}`),
    ...Object.entries(parts).flatMap(([name, { tree, on }]) => {
      const below = [
        ...(tree ? sentPaths(tree, `${before}${name}.`) : []),
        ...Object.entries(on ?? {}).flatMap(([uid, inner]) => sentPaths(inner, `${before}${name}[${uid}].`)),
      ];
      return below.length > 0 ? below : [`${before}${name}`];
    }),
  ];
}
