import { useForm } from '@strapi/strapi/admin';

/** The state of the form around it, with the types of its values. */
export function useTypedForm<Values extends object>() {
  const form = useForm('EditedForm', (state) => state);
  // Strapi's form is generic where it is rendered, not where it is read.
  const values = form.values as Values;
  const initialValues = form.initialValues as Values;
  const set = <Name extends keyof Values & string>(name: Name, value: Values[Name]) => {
    form.onChange(name, value);
    // An error about the previous value would be wrong for the current one.
    if (name in form.errors) {
      form.setErrors(Object.fromEntries(Object.entries(form.errors).filter(([field]) => field !== name)));
    }
  };
  return { ...form, values, initialValues, set };
}
