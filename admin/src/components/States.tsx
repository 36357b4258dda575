import { Box, Button, EmptyStateLayout, Flex, Loader } from '@strapi/design-system';
import { WarningCircle } from '@strapi/icons';
import { useText } from '../hooks/useText';
import { useProblemText } from '../hooks/useProblemText';
import { apiErrorOf } from '../values/api-error';

/** A part of a page that is on its way. */
export function LoadingPart() {
  const { t } = useText();
  return (
    <Flex justifyContent="center" padding={8} aria-busy>
      <Loader small>{t('state.loading')}</Loader>
    </Flex>
  );
}

/** A part of a page that could not be had: why, and once more. */
export function ErrorPart({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useText();
  const problemText = useProblemText();
  const { message } = apiErrorOf(error);
  return (
    <Box role="alert">
      <EmptyStateLayout
        icon={<WarningCircle width="4rem" height="4rem" fill="danger600" aria-hidden />}
        content={message ? `${t('state.error')} ${problemText(message)}` : t('state.error')}
        action={
          <Button variant="secondary" onClick={onRetry}>
            {t('state.retry')}
          </Button>
        }
      />
    </Box>
  );
}
