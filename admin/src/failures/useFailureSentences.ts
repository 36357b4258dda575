import { useCallback } from 'react';
import type { FailureCode } from '../../../contracts';
import { statusWords } from '../http/status-words';
import { useText } from '../text/useText';
import { failureTexts } from './failure-texts';

export interface Failure {
  code: FailureCode;
  /** Of the response; null without one. */
  status: number | null;
  host: string;
  durationMs: number | null;
  /** The body of the answer, where it is known. */
  answer?: string | undefined;
}

export interface FailureSentences {
  short: string;
  cause: string;
  remedy: string;
}

const inbox = { cause: 'failure.inbox.cause', remedy: 'failure.inbox.remedy' } as const;

/** What this very Strapi answers is set by whoever reads this, and not by somebody who runs a server elsewhere. */
const isOurInbox = (host: string, status: number | null): boolean =>
  status !== null && host === window.location.host;

/** Every failure explained: in a few words, why, and what to do. */
export function useFailureSentences(): (failure: Failure) => FailureSentences {
  const { t } = useText();
  return useCallback(
    ({ code, status, host, durationMs, answer }) => {
      const { short, cause, remedy } = isOurInbox(host, status)
        ? { ...failureTexts(code, status), cause: inbox.cause, remedy: inbox.remedy }
        : failureTexts(code, status, answer);
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
