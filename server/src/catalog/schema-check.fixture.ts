import Ajv2020 from 'ajv/dist/2020';

const iso = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;
const ajv = new Ajv2020({
  strict: false,
  allErrors: true,
  formats: { email: /^\S+@\S+$/, date: /^\d{4}-\d{2}-\d{2}$/, 'date-time': iso, uri: /^https?:\/\/\S+$/ },
});

/** What of the value does not fit the JSON Schema (draft 2020-12); empty where all does. */
export function misfits(schema: Record<string, unknown>, value: unknown): string[] {
  const validate = ajv.compile(schema);
  return validate(value)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath}: ${message}`);
}

/** Paths of all values that would look empty to who maps fields: '', undefined, [] and {}. */
export function emptyValues(value: unknown, path = ''): string[] {
  if (value === '' || value === undefined) return [path];
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.entries(value);
  return inner.length === 0 ? [path] : inner.flatMap(([key, one]) => emptyValues(one, `${path}.${key}`));
}
