import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const text = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
const halves = ['server/src', 'admin/src'];
const paths = halves.flatMap((half) =>
  readdirSync(join(root, half), { recursive: true, encoding: 'utf8' }).map((path) => `/${path}`),
);

describe('docs/architecture.md', () => {
  it('names files and folders that there are', () => {
    const named = [...text.matchAll(/`([\w./-]+?)(?:\/|(\.(?:tsx?|mjs|cjs|json|md)))`/g)].map(
      ([, path = '', ending = '']) => path + ending,
    );
    const isThere = (path: string) =>
      ['.', 'playground', ...halves].some((folder) => existsSync(join(root, folder, path))) ||
      // In what is told of a room, that which stands in it is named from there.
      paths.some((known) => known.endsWith(`/${path}`));
    expect(named.length).toBeGreaterThan(100);
    expect(named.filter((path) => !isThere(path))).toEqual([]);
  });
});
