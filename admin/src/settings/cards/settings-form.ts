import { settingsInput, type SettingsInput, type SettingsView } from '../../../../contracts';
import { changesOf } from '../../editing/edits';

/** The values of the settings form; addresses as typed, one per line. */
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

/** What is sent: what was changed since `read`, with its version, by the very rules of the server. */
export function checkSettings(
  form: SettingsFormState,
  read: { version: number; values: SettingsFormState },
): { input: SettingsInput; problems: null } | { input: null; problems: FieldProblem[] } {
  const { notify, ...others } = changesOf(read.values, form);
  const parsed = settingsInput.safeParse({
    version: read.version,
    ...others,
    ...(notify === undefined ? {} : { notify: readAddresses(notify) }),
  });
  if (parsed.success) return { input: parsed.data, problems: null };
  return {
    input: null,
    problems: parsed.error.issues.map(({ path, message }) => ({ path: String(path[0] ?? ''), message })),
  };
}
