import { useForm } from '@strapi/strapi/admin';

/** The state of the form around it, with the types of its values. */
export function useTypedForm<Values extends object>() {
  const form = useForm('EditedForm', (state) => state);
  // Strapi's form is generic where it is rendered, not where it is read.
  const values = form.values as Values;
  const initialValues = form.initialValues as Values;
  // An error about a previous value would be wrong for the current one.
  const withoutErrorsOf = (names: readonly string[]) => {
    if (!names.some((name) => name in form.errors)) return;
    form.setErrors(
      Object.fromEntries(Object.entries(form.errors).filter(([field]) => !names.includes(field))),
    );
  };
  const set = <Name extends keyof Values & string>(name: Name, value: Values[Name]) => {
    form.onChange(name, value);
    withoutErrorsOf([name]);
  };
  /** Several values at once: of calls of `set` in a row, the last would bring back the errors of the others. */
  const setSome = (some: Partial<Values>) => {
    form.setValues({ ...values, ...some });
    withoutErrorsOf(Object.keys(some));
  };
  return { ...form, values, initialValues, set, setSome };
}
