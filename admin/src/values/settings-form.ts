import { settingsInput, type SettingsInput, type SettingsView } from '../../../contracts';

/** What stands in the settings form; addresses as they are typed, one on each line. */
export interface SettingsFormState {
  notify: string;
  deliveryDays: number | null;
  bodyDays: number | null;
  dropDeliveredBodies: boolean;
}

export type SettingName = keyof SettingsFormState;

export const settingNames = ['notify', 'deliveryDays', 'bodyDays', 'dropDeliveredBodies'] as const;

export const settingsFormOf = (view: SettingsView): SettingsFormState => ({
  notify: view.notify.value.join('\n'),
  deliveryDays: view.deliveryDays.value,
  bodyDays: view.bodyDays.value,
  dropDeliveredBodies: view.dropDeliveredBodies.value,
});

export const readAddresses = (text: string): string[] => text.split(/[\s,;]+/).filter(Boolean);

interface FieldProblem {
  path: string;
  message: string;
}

/** What is sent: all that the configuration does not fix, by the very rules of the server. */
export function checkSettings(
  form: SettingsFormState,
  isFixed: (name: SettingName) => boolean,
): { input: SettingsInput; problems: null } | { input: null; problems: FieldProblem[] } {
  const typed = { ...form, notify: readAddresses(form.notify) };
  const own = Object.fromEntries(Object.entries(typed).filter(([name]) => !isFixed(name as SettingName)));
  const parsed = settingsInput.safeParse(own);
  if (parsed.success) return { input: parsed.data, problems: null };
  return {
    input: null,
    problems: parsed.error.issues.map(({ path, message }) => ({ path: String(path[0] ?? ''), message })),
  };
}
