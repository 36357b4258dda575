import { Box, Flex, Loader, Typography } from '@strapi/design-system';
import { replayCountAtMost, type ReplayCount } from '../../../../contracts';
import { useProblemText } from '../../hooks/useProblemText';
import { useText } from '../../hooks/useText';
import { apiErrorOf } from '../../values/api-error';

/** How many it will be, told as exactly as it is known. */
export function CountLine({ count, error }: { count: ReplayCount | undefined; error: unknown }) {
  const { t, intl } = useText();
  const problemText = useProblemText();
  return (
    <Box background="primary100" borderColor="primary200" hasRadius padding={4} aria-live="polite">
      {count ? (
        <>
          <Typography fontWeight="bold" tag="p">
            {t(textOf(count), { count: count.count })}
          </Typography>
          {count.off.length > 0 && count.count > 0 && (
            <Typography variant="pi" tag="p" paddingTop={1}>
              {t('replay.off', { names: intl.formatList(count.off), count: count.off.length })}
            </Typography>
          )}
        </>
      ) : error ? (
        <Typography textColor="danger600">{problemText(apiErrorOf(error).message)}</Typography>
      ) : (
        <Flex gap={2}>
          <Loader small>{t('replay.counting')}</Loader>
        </Flex>
      )}
    </Box>
  );
}

function textOf({ count, more }: ReplayCount) {
  if (!more) return 'replay.count';
  return count >= replayCountAtMost ? 'replay.count_more' : 'replay.count_least';
}
