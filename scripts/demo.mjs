/**
 * npm run demo: from a fresh clone to a real payment that arrives, signed, at a receiver; then it stays up to be
 * clicked through. `-- --check` does the same on an empty database of its own, verifies each step and ends with 0
 * or 1. `-- --fresh` forgets what earlier demos left.
 *
 * Needs Node.js, npm, git, and a compiler where better-sqlite3 has no ready binary. Nothing is imported from
 * node_modules before it is there.
 */
import { endAll, isEnding } from './project/ending.mjs';
import { ensureBuilt, ensureInstalled } from './project/prepare.mjs';
import { bold, dim, red, say } from './project/telling.mjs';

const options = new Set(process.argv.slice(2));
const check = options.has('--check');

const unknown = [...options].filter((option) => !['--check', '--fresh'].includes(option));
if (unknown.length > 0) {
  say(`usage: npm run demo [-- --check | --fresh]; ${unknown.join(' ')} is not known`);
  process.exit(2);
}

say(bold('Event Webhooks for Strapi: the demo'));
say();
try {
  await ensureInstalled();
  await ensureBuilt();
  const { tellTheStory } = await import('./demo/story.mjs');
  await tellTheStory({ check, fresh: options.has('--fresh') });
  await endAll();
  process.exit(0);
} catch (error) {
  // What fails after Ctrl-C failed because of it.
  if (!isEnding()) {
    say();
    say(`${red('The demo failed:')} ${error.message}`);
    if (process.env.DEBUG) say(dim(error.stack));
    await endAll();
    process.exit(1);
  }
}
