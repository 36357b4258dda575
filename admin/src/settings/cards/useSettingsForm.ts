import { useTypedForm } from '../../editing/useTypedForm';
import type { SettingsFormState } from './settings-form';

/** The state of the form of the settings. */
export const useSettingsForm = () => useTypedForm<SettingsFormState>();
