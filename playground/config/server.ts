import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Core } from '@strapi/strapi';
import { appFolder } from '../src/folders';
import cronTasks from './cron-tasks';

type ConfigParams = Core.Config.Shared.ConfigParams;

/** Where uploaded files lie. Tests that run side by side give each server a folder of its own. */
function publicFolder({ env }: ConfigParams): string {
  const folder = path.resolve(appFolder(), env('PUBLIC_DIR', 'public'));
  // The upload provider refuses to start without it, before this app's own code is called.
  mkdirSync(path.join(folder, 'uploads'), { recursive: true });
  return folder;
}

const config = (params: ConfigParams): Core.Config.Server => {
  const { env } = params;
  return {
    host: env('HOST', '127.0.0.1'),
    port: env.int('PORT', 1337),
    url: env('PUBLIC_URL', ''),
    // What leaves goes through it; pictures are made with one that lets nothing through.
    proxy: env('PROXY_URL') ? { global: env('PROXY_URL') } : {},
    app: { keys: env.array('APP_KEYS', ['playground-only-app-key-one', 'playground-only-app-key-two']) },
    dirs: { public: publicFolder(params) },
    cron: { enabled: env.bool('CRON', true), tasks: cronTasks },
    logger: { updates: { enabled: false }, startup: { enabled: env.bool('STARTUP_MESSAGE', true) } },
  };
};

export default config;
