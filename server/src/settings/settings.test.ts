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
      by: () => null,
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

  describe('saved by several at once', () => {
    let stored: StoredSettings;
    let by: string;
    const start = () =>
      createSettingsService({
        read: async () => structuredClone(stored),
        write: async (value) => void (stored = value),
        fixed: {},
        now: () => 7,
        by: () => by,
        changed: async () => undefined,
      });
    beforeEach(() => {
      stored = {};
      by = 'Anna';
    });

    it('a stale form is refused, and told who has changed what', async () => {
      const settings = start();
      await settings.update({ version: 0, notify: ['a@example.com'] });
      by = 'Olena';
      await settings.update({ version: 1, deliveryDays: 60, bodyDays: 30 });
      const stale = settings.update({ version: 1, deliveryDays: 90 });
      await expect(stale).rejects.toMatchObject({
        name: 'ConflictError',
        details: { version: 2, changes: [{ by: 'Olena', at: 7, fields: ['deliveryDays'] }] },
      });
      expect(stored).toMatchObject({ deliveryDays: 60, notify: ['a@example.com'], revision: 2 });
    });

    it('who names no version changes what is named, and nothing else', async () => {
      const settings = start();
      await settings.update({ deliveryDays: 60 });
      await settings.update({ bodyDays: 7 });
      expect(settings.values()).toMatchObject({ deliveryDays: 60, bodyDays: 7 });
    });

    it('a pause in the same moment is lost by neither, and makes no form stale', async () => {
      const settings = start();
      await Promise.all([
        settings.pauseEverything({ reason: 'A test', minutes: null, by: null }),
        settings.update({ deliveryDays: 60 }),
        settings.update({ bodyDays: 7 }),
      ]);
      expect(stored).toMatchObject({
        pause: { reason: 'A test' },
        deliveryDays: 60,
        bodyDays: 7,
        revision: 2,
      });
    });

    it('of a form that is very old it is only told that it is stale', async () => {
      const settings = start();
      for (let days = 1; days <= 25; days += 1) await settings.update({ deliveryDays: days });
      await expect(settings.update({ version: 0, bodyDays: 7 })).rejects.toMatchObject({
        details: { version: 25, changes: [] },
      });
      expect(stored.changes).toHaveLength(20);
    });
  });
});
