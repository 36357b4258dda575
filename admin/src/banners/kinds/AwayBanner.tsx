import { Button } from '@strapi/design-system';
import { Clock, Trash } from '@strapi/icons';
import type { Count, StatusView } from '../../../../contracts';
import { useAllowed } from '../../api/useAllowed';
import { useCountWords } from '../../text/useCountWords';
import { useText } from '../../text/useText';
import { ConfirmButton } from '../../ui/dialog/ConfirmButton';
import { MoveHere, useHomeDecision } from '../../webhooks/MoveHere';
import { Banner } from './Banner';
import { useKeepWaiting } from './useKeepWaiting';

// Maximum number of names; the list shows all.
const namedAtMost = 3;

interface AwayBannerProps {
  away: StatusView['away'];
  waiting: Count;
}

/**
 * This database seems to be a copy: which webhooks are on hold, which installation they belong to, and the
 * choices.
 */
export function AwayBanner({ away, waiting }: AwayBannerProps) {
  const { t, intl } = useText();
  const allowed = useAllowed();
  const countWords = useCountWords();
  const decide = useHomeDecision();
  const ids = away.map(({ id }) => id);
  const { isKept, keep } = useKeepWaiting(ids);
  if (isKept) return null;

  const homes = [...new Set(away.map(({ home }) => home))];
  const names = away.slice(0, namedAtMost).map(({ name }) => t('away.name', { name }));
  const others = away.length - names.length;
  if (others > 0) names.push(t('away.others', { count: others }));
  const waits = countWords('away.waiting', waiting);

  return (
    <Banner
      title={t('away.title', { count: away.length })}
      actions={
        <>
          {allowed.update && <MoveHere ids={ids} waiting={waits} />}
          <Button variant="tertiary" startIcon={<Clock aria-hidden />} onClick={keep}>
            {t('away.keep')}
          </Button>
          {allowed.update && (
            <ConfirmButton
              title={t('away.discard_title')}
              confirm={t('away.discard')}
              trigger={
                <Button variant="danger-light" startIcon={<Trash aria-hidden />}>
                  {t('away.discard')}
                </Button>
              }
              onConfirm={() => decide(ids, 'discard')}
            >
              {countWords('away.discard_question', waiting)} {t('away.discard_then', { count: ids.length })}
            </ConfirmButton>
          )}
        </>
      }
    >
      {t('away.where', { names: intl.formatList(names), homes: intl.formatList(homes) })} {waits}{' '}
      {t('away.what_now', { count: away.length })}
    </Banner>
  );
}
