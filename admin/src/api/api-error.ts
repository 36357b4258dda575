import type { Conflict } from '../../../contracts';

/** The error of a failed `adminApi` request, from Strapi's error format. */
export interface ApiError {
  message: string;
  status: number | null;
}

/** One error of the server about one field: `['headers', '0', 'name']`, `is named twice`. */
export interface Problem {
  path: string[];
  message: string;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

export function apiErrorOf(error: unknown): ApiError {
  if (!isRecord(error)) return { message: String(error), status: null };
  const details = isRecord(error.details) ? error.details : {};
  const status = typeof error.status === 'number' ? error.status : details.status;
  return {
    message: typeof error.message === 'string' ? error.message : '',
    status: typeof status === 'number' ? status : null,
  };
}

/** The errors by field, empty if the error is of another kind. */
export function problemsOf(error: unknown): Problem[] {
  if (!isRecord(error) || !isRecord(error.details) || !Array.isArray(error.details.errors)) return [];
  return error.details.errors.flatMap((entry: unknown) => {
    if (!isRecord(entry) || !Array.isArray(entry.path) || typeof entry.message !== 'string') return [];
    return [{ path: entry.path.map(String), message: entry.message }];
  });
}

/** What the server says of a stale form; null for every other error. */
export function conflictOf(error: unknown): Conflict | null {
  if (apiErrorOf(error).status !== 409 || !isRecord(error) || !isRecord(error.details)) return null;
  const { version, changes } = error.details;
  if (typeof version !== 'number' || !Array.isArray(changes)) return null;
  return { version, changes: changes as Conflict['changes'] };
}
