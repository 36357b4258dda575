import { useMemo } from 'react';
import { useMoment } from '../text/useMoment';
import { useText } from '../text/useText';
import type { LoopView } from '../../../contracts';
import type { Trouble } from './trouble';
import { useActorWords } from './useActorWords';

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
  const actorWords = useActorWords();
  return useMemo(() => {
    const ofLoop = ({ actor, typeName, documentId, count, seconds }: LoopView) => ({
      actor: actorWords(actor),
      entry: [typeName, documentId].filter(Boolean).join(' '),
      count,
      seconds,
    });
    const why = ({ reason, detail, since, loop }: Trouble) =>
      t(reason, loop ? ofLoop(loop) : { detail }) +
      (since === null ? '' : ` ${t('webhook.notice.since', { time: moment(since) })}`);
    return {
      title: ({ title, until }) => t(title, { time: until === null ? '' : moment(until) }),
      why,
      sentence: (trouble) =>
        why(trouble) +
        (trouble.until === null ? '' : ` ${t('delivery.held_until', { time: moment(trouble.until) })}`),
    };
  }, [t, moment, actorWords]);
}
