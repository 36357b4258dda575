#!/usr/bin/env node
/** `npx event-webhooks <command>`, run in the folder of a Strapi app, with that app's own Strapi. */
import { createRequire } from 'node:module';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { doctor } from './doctor.mjs';
import { importWebhooks } from './import.mjs';
import { rekey } from './rekey.mjs';
import { uninstall } from './uninstall.mjs';
import { worker } from './worker.mjs';

/** What each does, and its options with what they mean. */
const commands = {
  worker: { run: worker, does: 'delivers, without an HTTP server, until SIGTERM or SIGINT' },
  doctor: {
    run: doctor,
    does: 'shows which processes deliver, how many deliveries wait, and which webhooks need attention',
    options: { '--match-again': 'also matches set-aside events again' },
  },
  import: {
    run: importWebhooks,
    does: "shows what would become of Strapi's own webhooks (Settings → Webhooks)",
    options: {
      '--yes': 'imports them; without it nothing is changed',
      '--disable-originals': 'turns them off in Strapi, and the imported ones on',
    },
  },
  rekey: { run: rekey, does: 'encrypts the stored secrets with the current key' },
  uninstall: {
    run: uninstall,
    does: "removes this plugin's tables and settings from the database",
    options: { '--yes': 'required; without it nothing is removed' },
  },
};

/** Shown by --help, and after a mistake: everything that can be said. */
function help() {
  const lines = [
    'usage: event-webhooks <command> [options]',
    '',
    'Run it in the folder of your Strapi app.',
    '',
  ];
  for (const [name, { does, options = {} }] of Object.entries(commands)) {
    lines.push(`  ${name.padEnd(12)}${does}`);
    for (const [option, means] of Object.entries(options))
      lines.push(`  ${''.padEnd(12)}${option}  ${means}`);
  }
  lines.push('', '  -h, --help  prints this, and does nothing else');
  return lines.join('\n');
}

/** What is asked for; throws an Error that names what nobody understands. */
function understand([name, ...options]) {
  const asksForHelp = (argument) => argument === '--help' || argument === '-h';
  if (name === 'help' || [name, ...options].some(asksForHelp)) return { help: true };
  if (name === undefined) throw new Error('a command is missing');
  // Not `commands[name]` alone: `constructor` is no command.
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new Error(`unknown command ${name}`);
  const known = Object.keys(command.options ?? {}).map((option) => [
    option.slice('--'.length),
    { type: 'boolean' },
  ]);
  parseArgs({ args: options, options: Object.fromEntries(known), allowPositionals: false });
  return { name, command, options };
}

/** The app's own Strapi, loaded and not listening. Its cron tasks are left to the processes that serve. */
async function loadApp({ quiet = false } = {}) {
  const appDir = process.cwd();
  const requireOfApp = createRequire(path.join(appDir, 'package.json'));
  let strapiPackage;
  try {
    strapiPackage = requireOfApp('@strapi/strapi');
  } catch (cause) {
    throw new Error(`no Strapi app in ${appDir}: @strapi/strapi cannot be found from here`, { cause });
  }
  const { compileStrapi, createStrapi } = strapiPackage;
  const strapi = createStrapi({ ...(await compileStrapi()), autoReload: false, serveAdminPanel: false });
  strapi.config.set('server.cron.enabled', false);
  if (quiet) strapi.log.level = 'error';
  return strapi.load();
}

/** Names that people gave must not move the cursor of a terminal, or forge a line. */
const printable = (text) =>
  text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, (character) =>
    character === '\n'
      ? character
      : JSON.stringify(character)
          .slice(1, -1)
          .replace(/^[^\\]/, '?'),
  );

let asked;
try {
  asked = understand(process.argv.slice(2));
} catch (error) {
  console.error(`event-webhooks: ${printable(error.message)}\n\n${help()}`);
  process.exit(2);
}
if (asked.help) {
  console.log(help());
  process.exit(0);
}
const { name, command, options } = asked;
try {
  await command.run({ loadApp, options, say: (line) => console.log(printable(line)) });
} catch (error) {
  console.error(
    `event-webhooks ${name}: ${printable(error instanceof Error ? error.message : String(error))}`,
  );
  process.exit(1);
}
