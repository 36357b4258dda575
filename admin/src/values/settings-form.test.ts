import type { SettingsView } from '../../../contracts';
import { checkSettings, readAddresses, settingsFormOf } from './settings-form';

const view = {
  notify: { value: ['a@example.com', 'b@example.com'], fixed: false },
  deliveryDays: { value: 30, fixed: false },
  bodyDays: { value: 14, fixed: true },
  dropDeliveredBodies: { value: false, fixed: false },
} as SettingsView;
const isFixed = (name: keyof typeof view) => view[name as 'notify'].fixed;

describe('the settings form', () => {
  it('shows one address on each line, and reads them back however they are parted', () => {
    expect(settingsFormOf(view).notify).toBe('a@example.com\nb@example.com');
    expect(readAddresses(' a@example.com, b@example.com;\nc@example.com ')).toEqual([
      'a@example.com',
      'b@example.com',
      'c@example.com',
    ]);
  });

  it('sends nothing that the configuration fixes: the server would refuse the whole', () => {
    expect(checkSettings(settingsFormOf(view), isFixed).input).toEqual({
      notify: ['a@example.com', 'b@example.com'],
      deliveryDays: 30,
      dropDeliveredBodies: false,
    });
  });

  it('names the field that is wrong', () => {
    const form = { ...settingsFormOf(view), notify: 'a@example.com\nnobody', deliveryDays: 0 };
    expect(checkSettings(form, isFixed).problems).toEqual([
      { path: 'notify', message: 'must be an e-mail address' },
      { path: 'deliveryDays', message: 'must be at least 1' },
    ]);
  });

  it('does not take an empty field for a number', () => {
    const form = { ...settingsFormOf(view), deliveryDays: null };
    expect(checkSettings(form, isFixed).problems).toEqual([
      { path: 'deliveryDays', message: 'must be whole days' },
    ]);
  });
});
