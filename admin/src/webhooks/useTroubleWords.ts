import { useMemo } from 'react';
import { useMoment } from '../text/useMoment';
import { useText } from '../text/useText';
import type { Trouble } from './trouble';

interface TroubleWords {
  /** "On hold until 14:32". */
  title: (trouble: Trouble) => string;
  /** Why, and since when: what stands below the title. */
  why: (trouble: Trouble) => string;
  /** Why, and since or until when, where there is no title. */
  sentence: (trouble: Trouble) => string;
}

/** What is the matter with a webhook, in words. */
export function useTroubleWords(): TroubleWords {
  const { t } = useText();
  const moment = useMoment();
  return useMemo(() => {
    const why = ({ reason, detail, since }: Trouble) =>
      t(reason, { detail }) +
      (since === null ? '' : ` ${t('webhook.notice.since', { time: moment(since) })}`);
    return {
      title: ({ title, until }) => t(title, { time: until === null ? '' : moment(until) }),
      why,
      sentence: (trouble) =>
        why(trouble) +
        (trouble.until === null ? '' : ` ${t('delivery.held_until', { time: moment(trouble.until) })}`),
    };
  }, [t, moment]);
}
