/**
 * SETTINGS that an administrator changes while the server runs: where they are stored, and what of them the
 * configuration fixes. What follows from a setting is the matter of whoever asks for it.
 */
import type { Context } from '../context';
import { pluginId } from '../constants';
import { createSettingsService } from './settings';
import type { SettingsService, StoredSettings } from './settings';

export interface SettingsRoomDeps {
  /** The name of who asks. */
  by(): string | null;
}

export function openSettings(
  { strapi, config, now, wake }: Context,
  { by }: SettingsRoomDeps,
): SettingsService {
  const stored = strapi.store({ type: 'plugin', name: pluginId, key: 'settings' });
  return createSettingsService({
    read: async () => ((await stored.get({})) ?? null) as StoredSettings | null,
    write: (value) => stored.set({ value }),
    fixed: given({ ...config.retention, notify: config.notifications.to }),
    now,
    by,
    changed: async () => wake(),
  });
}

/** Only what is set: an option that is left out must not stand above what the screen has stored. */
const given = <T extends object>(options: T): Partial<T> =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Partial<T>;

export type { SettingsService } from './settings';
