import { errors, type z } from '@strapi/utils';

export interface Problem {
  /** Dotted name of the field, or `gateway` where the payment was refused. */
  field: string;
  /** For programs: `invalid_email`, `missing_name`, `product_not_found`, `card_declined`. */
  code: string;
  message: string;
}

/** A checkout that cannot go on, for reasons that the visitor can do something about. */
export class CheckoutFailure extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(({ field, message }) => `${field} ${message}`).join('; '));
  }

  /** The same as an answer of status 400 whose `details.errors` name the fields. */
  toValidationError(): errors.ValidationError {
    return new errors.ValidationError(this.message, {
      errors: this.problems.map(({ field, message }) => ({
        path: field.split('.'),
        message,
        name: 'ValidationError',
      })),
    });
  }
}

const snakeCase = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replace(/\./g, '_');

/** Reads `body` by `schema`; throws a CheckoutFailure with a problem for each field that does not fit. */
export function read<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  throw new CheckoutFailure(
    parsed.error.issues.map((issue) => {
      const field = issue.path.join('.') || 'body';
      return { field, code: `invalid_${snakeCase(field)}`, message: issue.message };
    }),
  );
}
