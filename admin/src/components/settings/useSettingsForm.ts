import { useForm } from '@strapi/strapi/admin';
import type { SettingName, SettingsFormState } from '../../values/settings-form';

/** The form's state, with the types of our own form. */
export function useSettingsForm() {
  const form = useForm('SettingsForm', (state) => state);
  // Strapi's form is generic where it is rendered, not where it is read.
  const values = form.values as SettingsFormState;
  const set = <Name extends SettingName>(name: Name, value: SettingsFormState[Name]) => {
    form.onChange(name, value);
    // A complaint about what stood there before would be wrong about what stands there now.
    if (name in form.errors) {
      form.setErrors(Object.fromEntries(Object.entries(form.errors).filter(([field]) => field !== name)));
    }
  };
  return { ...form, values, set };
}
