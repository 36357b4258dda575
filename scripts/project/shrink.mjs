import { copyFile, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { transform } from 'esbuild';
import { top } from './command.mjs';

/** The typings of the two entries, beside the file that each describes. */
const typings = [
  ['types/server.d.ts', 'dist/server/index.d.ts'],
  ['types/admin.d.ts', 'dist/admin/index.d.ts'],
  ['types/admin.d.ts', 'dist/admin/index.d.mts'],
];

/** Each half is loaded in one way: the server by `require`, the admin panel by the `import` of a bundler. */
const halves = [
  { folder: 'dist/server', kept: /\.js$/, dropped: /\.mjs$/ },
  { folder: 'dist/admin', kept: /\.mjs$/, dropped: /\.js$/ },
];

/** For whoever asks for the admin half by `require` nevertheless. */
const requiredAdmin = [
  "'use strict';",
  "Object.defineProperty(exports, '__esModule', { value: true });",
  "exports.default = require('./index.mjs').default;",
  '',
].join('\n');

/**
 * Makes the built plugin as small as it can be installed. `strapi-plugin build` writes every half as CommonJS and as ES
 * module, with all texts in each, and can leave neither out: here one of them stays, minified, with the typings of
 * its entry.
 */
export async function shrinkPlugin() {
  for (const { folder, kept, dropped } of halves) {
    const place = path.join(top, folder);
    const names = await readdir(place);
    const of = (pattern) => names.filter((name) => pattern.test(name)).map((name) => path.join(place, name));
    await Promise.all(of(dropped).map((file) => rm(file)));
    await Promise.all(of(kept).map(minify));
  }
  await writeFile(path.join(top, 'dist/admin/index.js'), requiredAdmin);
  for (const [from, to] of typings) await copyFile(path.join(top, from), path.join(top, to));
}

async function minify(file) {
  const { code } = await transform(await readFile(file, 'utf8'), {
    minify: true,
    charset: 'utf8',
    target: 'es2022',
  });
  await writeFile(file, code);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await shrinkPlugin();
