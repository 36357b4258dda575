import { createSettingsService } from './settings';
import type { StoredSettings } from './settings';

describe('settings kept in memory', () => {
  it('a read that began before a change does not take it back', async () => {
    let stored: StoredSettings = {};
    let slow: ((value: StoredSettings) => void) | null = null;
    let hold = false;
    const settings = createSettingsService({
      read: () => (hold ? new Promise((resolve) => (slow = resolve)) : Promise.resolve(stored)),
      write: async (value) => void (stored = value),
      fixed: {},
      now: () => 0,
      changed: async () => undefined,
    });
    hold = true;
    const reading = settings.refresh();
    hold = false;
    await settings.pauseEverything({ reason: 'A test', minutes: null, by: null });
    (slow as ((value: StoredSettings) => void) | null)?.({});
    await reading;
    expect(settings.pause()).toMatchObject({ reason: 'A test' });
    await settings.refresh();
    expect(settings.pause()).toMatchObject({ reason: 'A test' });
  });
});
