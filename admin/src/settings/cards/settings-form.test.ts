import type { SettingsView } from '../../../../contracts';
import { checkSettings, readAddresses, settingsFormOf } from './settings-form';

const view = {
  notify: { value: ['a@example.com', 'b@example.com'], fixed: false },
  deliveryDays: { value: 30, fixed: false },
  bodyDays: { value: 14, fixed: true },
  dropDeliveredBodies: { value: false, fixed: false },
} as SettingsView;
const values = settingsFormOf(view);
const read = { version: 3, values };

describe('the settings form', () => {
  it('shows one address on each line, and reads them back however they are parted', () => {
    expect(values.notify).toBe('a@example.com\nb@example.com');
    expect(readAddresses(' a@example.com, b@example.com;\nc@example.com ')).toEqual([
      'a@example.com',
      'b@example.com',
      'c@example.com',
    ]);
  });

  it('sends what was changed, with the version that was read, and nothing that only stands there', () => {
    expect(checkSettings({ ...values, deliveryDays: 60 }, read).input).toEqual({
      version: 3,
      deliveryDays: 60,
    });
    expect(checkSettings({ ...values, notify: 'a@example.com' }, read).input).toEqual({
      version: 3,
      notify: ['a@example.com'],
    });
  });

  it('names the field that is wrong', () => {
    const form = { ...values, notify: 'a@example.com\nnobody', deliveryDays: 0 };
    expect(checkSettings(form, read).problems).toEqual([
      { path: 'notify', message: 'must be an e-mail address' },
      { path: 'deliveryDays', message: 'must be at least 1' },
    ]);
  });

  it('does not take an empty field for a number', () => {
    expect(checkSettings({ ...values, deliveryDays: null }, read).problems).toEqual([
      { path: 'deliveryDays', message: 'must be whole days' },
    ]);
  });
});
