import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * The nearest folder at or above this file whose package.json bears `packageName`. It is searched for, because
 * the same code runs from the source folder (admin panel's build) and from the compiled one (server, tests).
 */
function folderOf(packageName: string): string {
  for (let folder = __dirname; ; folder = path.dirname(folder)) {
    const manifest = path.join(folder, 'package.json');
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).name === packageName)
      return folder;
    if (folder === path.dirname(folder)) throw new Error(`No folder of ${packageName} above ${__dirname}`);
  }
}

/** The folder of this app. */
export const appFolder = (): string => folderOf('event-webhooks-playground');

/** The folder of the plugin, which is the repository that this app lives in. */
export const pluginFolder = (): string => folderOf('strapi-plugin-event-webhooks');
