import { useCallback } from 'react';
import type { FailureCode } from '../../../contracts';
import { failureTexts } from '../wording/failure-texts';
import { statusWords } from '../wording/status-words';
import { useText } from './useText';

export interface Failure {
  code: FailureCode;
  /** Of the answer; null where none came. */
  status: number | null;
  host: string;
  durationMs: number | null;
}

export interface FailureSentences {
  short: string;
  cause: string;
  remedy: string;
}

/** Every failure explained: in a few words, why, and what to do. */
export function useFailureSentences(): (failure: Failure) => FailureSentences {
  const { t } = useText();
  return useCallback(
    ({ code, status, host, durationMs }) => {
      const { short, cause, remedy } = failureTexts(code, status);
      const values = {
        host,
        status: status === null ? '' : statusWords(status),
        seconds: Math.max(1, Math.round((durationMs ?? 0) / 1000)),
      };
      return { short: t(short, values), cause: t(cause, values), remedy: t(remedy, values) };
    },
    [t],
  );
}
