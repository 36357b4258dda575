import type { FailureCode } from '../../../contracts';
import type { TextId } from '../hooks/useText';

/** Statuses that deserve sentences of their own, beside those that have a failure code. */
export const explainedStatuses = [408, 409, 415, 422, 500, 502, 503, 504] as const;
type ExplainedStatus = (typeof explainedStatuses)[number];

const isExplained = (status: number | null): status is ExplainedStatus =>
  explainedStatuses.some((known) => known === status);

export interface FailureTexts {
  /** A few words for a row: "name not found". */
  short: TextId;
  /** One sentence: why. */
  cause: TextId;
  /** One sentence: what to do. */
  remedy: TextId;
}

/** Which sentences explain a failed attempt. `status` is that of the answer, null where none came. */
export function failureTexts(code: FailureCode, status: number | null): FailureTexts {
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
