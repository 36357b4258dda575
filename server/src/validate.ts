import { errors } from '@strapi/utils';
import type { z } from 'zod';

/**
 * Parses input by its contract. Throws Strapi's ValidationError (400) with `details.errors`, each naming its
 * field by path, which the admin panel puts beside the field.
 */
export function validate<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.flatMap((issue) => {
    const path = issue.path.map(String);
    return issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => problem([...path, key], 'is not a known field'))
      : [problem(path, issue.message)];
  });
  throw invalid(problems);
}

export interface Problem {
  path: string[];
  message: string;
  name: 'ValidationError';
}

export const problem = (path: string[], message: string): Problem => ({
  path,
  message,
  name: 'ValidationError',
});

/** The ValidationError of these problems; its message names the first field. */
export function invalid(problems: readonly Problem[]): Error {
  const text = problems.map(({ path, message }) =>
    path.length > 0 ? `${path.join('.')}: ${message}` : message,
  );
  return new errors.ValidationError(text.join('; '), { errors: problems });
}
