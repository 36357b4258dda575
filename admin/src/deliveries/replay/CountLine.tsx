import { Flex, Loader, Typography } from '@strapi/design-system';
import { replayCountAtMost, type ReplayCount } from '../../../../contracts';
import { apiErrorOf } from '../../api/api-error';
import { useProblemText } from '../../api/useProblemText';
import { useText } from '../../text/useText';
import { TintedBox } from '../../ui/TintedBox';

/** The number of deliveries, as exactly as it is known. */
export function CountLine({ count, error }: { count: ReplayCount | undefined; error: unknown }) {
  const { t, intl } = useText();
  const problemText = useProblemText();
  return (
    <TintedBox tone="primary" padding={4} aria-live="polite" direction="column" alignItems="stretch">
      {count ? (
        <>
          <Typography fontWeight="bold" tag="p">
            {count.count === null
              ? t('replay.not_counted')
              : t(textOf(count.count, count.more), { count: count.count })}
          </Typography>
          {count.refusals.map(({ reason, count: number }) => (
            <Typography key={reason} variant="pi" tag="p" paddingTop={1}>
              {t(`replay.beside.${reason}`, { count: number, names: intl.formatList(count.off) })}
            </Typography>
          ))}
        </>
      ) : error ? (
        <Typography textColor="danger600">{problemText(apiErrorOf(error).message)}</Typography>
      ) : (
        <Flex gap={2}>
          <Loader small>{t('replay.counting')}</Loader>
        </Flex>
      )}
    </TintedBox>
  );
}

function textOf(count: number, more: boolean) {
  if (!more) return 'replay.count';
  return count >= replayCountAtMost ? 'replay.count_more' : 'replay.count_least';
}
