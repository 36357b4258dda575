import { STATUS_CODES } from 'node:http';
import { failureCodes } from '../../../contracts';
import type { Explanation, FailureCode } from '../../../contracts';
import type { Language } from './words';
import { languages, say, textsOf } from './words';

export interface Failure {
  code: FailureCode;
  /** Of the response; null without one. */
  httpStatus: number | null;
  host: string;
  durationMs: number | null;
}

/** A kind of failure: by its code, or by the status of the response. */
export interface FailureKind {
  code?: string;
  httpStatus?: number;
}

/**
 * The same sentences as on the screens: some statuses have sentences of their own, in addition to those of
 * the codes.
 */
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

/** Shorter texts are in the name of everything. */
const shortestName = 3;
const nameOfStatus = /^failure\.status_(\d{3})\.short$/;

/**
 * The failures that are called so on the screens, in any language ("certificate", "timed out", «сертифікат»), or whose
 * code it is.
 *
 * @param text in lower case
 */
export function failuresCalled(text: string): FailureKind[] {
  if (text.length < shortestName) return [];
  const isCalled = (id: string): boolean =>
    languages.some((language) => say(language, id, {})?.toLowerCase().includes(text));
  const codes = failureCodes.filter((code) => code === text || isCalled(`failure.${code}.short`));
  const statuses = Object.keys(textsOf('en')).flatMap((id) => {
    const status = nameOfStatus.exec(id)?.[1];
    return status && isCalled(id) ? [Number(status)] : [];
  });
  return [...codes.map((code) => ({ code })), ...statuses.map((httpStatus) => ({ httpStatus }))];
}
