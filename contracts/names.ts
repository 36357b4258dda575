import { z } from 'zod';

/**
 * Control characters, line and paragraph separators, and bidirectional marks: in a name they could forge a
 * line of a log or an e-mail, or change how it reads.
 */
export const unprintable = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/** A name given by a person, which is shown and logged. Trimmed; may be empty. */
export const shownName = (longest: number) =>
  z
    .string({ error: 'is required' })
    .trim()
    .max(longest, `must be at most ${longest} characters`)
    .refine((name) => !unprintable.test(name), 'must not contain line breaks or control characters');

/** A name from another system in the form that `shownName` accepts, keeping as much as possible. */
export const printableName = (name: string, longest: number): string =>
  name
    .split(new RegExp(`${unprintable.source}+`, 'u'))
    .join(' ')
    .trim()
    .slice(0, longest)
    .trim();
