import { z } from 'zod';
import { unprintable } from './names';

/**
 * A shorter value is not secret: it can be guessed, and masking it would replace half of every text that
 * happens to contain it.
 */
export const shortestSecret = 8;

/** Row ids are 32-bit integers in every database; larger ones are refused. */
export const maxRowId = 2 ** 31 - 1;

/** A whole number: in JSON as a number, in a query as plain digits. No list, nothing empty, no `1e3`. */
export const wholeNumber = (least: number, most: number) =>
  z
    .union(
      [
        z.number(),
        z
          .string()
          .regex(/^-?\d{1,16}$/)
          .transform(Number),
      ],
      {
        error: 'must be a whole number',
      },
    )
    .pipe(
      z
        .int('must be a whole number')
        .min(least, `must be at least ${least}`)
        .max(most, `must be at most ${most}`),
    );

/** The id of a row, in a path, a query or a body. */
export const rowId = wholeNumber(1, maxRowId);

/** An id in JSON, where a string is not accepted. */
export const rowIdInJson = z.int('must be an id').min(1, 'must be an id').max(maxRowId, 'must be an id');

/** Epoch milliseconds within JavaScript's date range. */
export const moment = wholeNumber(0, 8_640_000_000_000_000);

/** A text to search for, or a name. Postgres does not accept NUL in a query. */
export const plainText = (most: number) =>
  z
    .string('must be a text')
    .max(most, `must be at most ${most} characters`)
    .refine((text) => !unprintable.test(text), 'must not contain control characters');

/** The schema of a route without parameters. */
export const nothing = z.strictObject({});

/** How often one person can use expensive actions per minute; and how many tests run at the same time. */
export const pressLimits = { test: 30, testsAtOnce: 2, trigger: 120, resend: 240, replay: 20 } as const;
export type Pressed = Exclude<keyof typeof pressLimits, 'testsAtOnce'>;

/** The response to a change for callers that may not read the changed object. */
export interface Done {
  id: number | string;
}
