import { sentPaths } from './sent-paths';

it('tells what a tree sends', () => {
  const all = { fields: 'all', parts: {} } as const;
  const none = { fields: [], parts: {} };
  expect(
    sentPaths({
      fields: ['title'],
      parts: {
        author: { tree: { fields: ['name'], parts: { photo: { tree: none } } } },
        blocks: { on: { 'blocks.hero': all } },
      },
    }),
  ).toEqual(['title', 'author.name', 'author.photo', 'blocks[blocks.hero].*']);
});
