import { Box, Button, EmptyStateLayout, Flex, Loader } from '@strapi/design-system';
import { WarningCircle } from '@strapi/icons';
import { useText } from '../text/useText';
import { apiErrorOf } from './api-error';
import { useProblemText } from './useProblemText';

/** A part of a page that is loading. */
export function LoadingPart() {
  const { t } = useText();
  return (
    <Flex justifyContent="center" padding={8} aria-busy>
      <Loader small>{t('state.loading')}</Loader>
    </Flex>
  );
}

/** A part of a page that could not be loaded: the reason, and a retry button. */
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
