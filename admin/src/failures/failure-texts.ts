import type { FailureCode } from '../../../contracts';
import type { TextId } from '../text/useText';

/** Statuses with sentences of their own, in addition to those with a failure code. */
export const explainedStatuses = [408, 409, 415, 422, 500, 502, 503, 504] as const;
type ExplainedStatus = (typeof explainedStatuses)[number];

const isExplained = (status: number | null): status is ExplainedStatus =>
  explainedStatuses.some((known) => known === status);

export interface FailureTexts {
  /** A few words for a row: "domain not found". */
  short: TextId;
  /** One sentence: the cause. */
  cause: TextId;
  /** One sentence: the remedy. */
  remedy: TextId;
}

/** A refusal that speaks of the signature: a header with credentials would not help. */
export const refusesSignature = (code: FailureCode, answer: string): boolean =>
  (code === 'http_400' || code === 'http_401' || code === 'http_403') && /signature|whsec|hmac/i.test(answer);

/**
 * Which sentences explain a failed attempt. `status` is that of the answer, null where none came; `answer` its body, as
 * far as it is known.
 */
export function failureTexts(code: FailureCode, status: number | null, answer = ''): FailureTexts {
  if (refusesSignature(code, answer)) {
    return {
      short: `failure.${code}.short` as TextId,
      cause: 'failure.signature.cause',
      remedy: 'failure.signature.remedy',
    };
  }
  const general = code === 'http_4xx' || code === 'http_5xx';
  if (general && isExplained(status)) {
    return {
      short: `failure.status_${status}.short`,
      cause: `failure.status_${status}.cause`,
      remedy: `failure.status_${status}.remedy`,
    };
  }
  return { short: `failure.${code}.short`, cause: `failure.${code}.cause`, remedy: `failure.${code}.remedy` };
}
