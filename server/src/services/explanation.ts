import { STATUS_CODES } from 'node:http';
import type { Explanation, FailureCode } from '../../../contracts';
import type { Language } from './words';
import { say } from './words';

export interface Failure {
  code: FailureCode;
  /** Of the answer; null where none came. */
  httpStatus: number | null;
  host: string;
  durationMs: number | null;
}

/** The same sentences as on the screens: some statuses have sentences of their own, beside those with a code. */
export function explanationOf(
  { code, httpStatus, host, durationMs }: Failure,
  language: Language,
): Explanation {
  const values = {
    host,
    status: httpStatus === null ? '' : `${httpStatus} ${STATUS_CODES[httpStatus] ?? ''}`.trim(),
    seconds: String(Math.max(1, Math.round((durationMs ?? 0) / 1000))),
  };
  const general = code === 'http_4xx' || code === 'http_5xx';
  const sentence = (part: 'cause' | 'remedy'): string =>
    (general ? say(language, `failure.status_${httpStatus}.${part}`, values) : null) ??
    say(language, `failure.${code}.${part}`, values) ??
    '';
  return { cause: sentence('cause'), remedy: sentence('remedy') };
}
