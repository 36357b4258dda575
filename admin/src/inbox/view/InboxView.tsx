import { Box, EmptyStateLayout, Flex, Grid } from '@strapi/design-system';
import { EmptyDocuments } from '@strapi/icons/symbols';
import { styled } from 'styled-components';
import type { InboxView as Inbox } from '../../../../contracts';
import { ErrorPart, LoadingPart } from '../../api/States';
import { usePolling } from '../../api/usePolling';
import { useText } from '../../text/useText';
import { Card } from '../../ui/Card';
import { useInboxRequests } from '../api';
import { RequestDetail } from '../requests/RequestDetail';
import { RequestList } from '../requests/RequestList';
import { InboxAddress } from './InboxAddress';

const pollMs = 2000;

interface InboxViewProps {
  inboxes: readonly Inbox[];
  inbox: Inbox;
  onChoose: (token: string | undefined) => void;
  selected: number | null;
  onSelect: (id: number) => void;
}

/** One inbox: its URL at the top, requests on the left as they arrive, the selected one on the right. */
export function InboxView({ inboxes, inbox, onChoose, selected, onSelect }: InboxViewProps) {
  const { t } = useText();
  const { currentData, error, refetch } = useInboxRequests(inbox.token, {
    refetchOnMountOrArgChange: true,
  });
  usePolling(refetch, pollMs);
  // The list contains the current inbox, including its counter.
  const live = currentData?.inbox ?? inbox;
  const requests = currentData?.results ?? [];
  // The newest is shown until one is selected; a selected one stays while others arrive.
  const shown = requests.some(({ id }) => id === selected) ? selected : (requests[0]?.id ?? null);

  return (
    <Flex direction="column" alignItems="stretch" gap={6}>
      <InboxAddress inboxes={inboxes} inbox={live} onChoose={onChoose} />
      {!currentData && !error && <LoadingPart />}
      {!currentData && Boolean(error) && <ErrorPart error={error} onRetry={refetch} />}
      {currentData && (
        <Card padding={0}>
          <Grid.Root>
            <ListSide col={4} m={12} s={12} xs={12} direction="column" alignItems="stretch">
              <RequestList
                inbox={live}
                requests={requests}
                selected={shown}
                onSelect={onSelect}
                isListening={!error}
              />
            </ListSide>
            <Grid.Item col={8} m={12} s={12} xs={12} direction="column" alignItems="stretch">
              {shown === null ? (
                <Box padding={6}>
                  <EmptyStateLayout
                    icon={<EmptyDocuments width="16rem" aria-hidden />}
                    content={t('inbox.empty')}
                  />
                </Box>
              ) : (
                <RequestDetail inbox={live} id={shown} />
              )}
            </Grid.Item>
          </Grid.Root>
        </Card>
      )}
    </Flex>
  );
}

const ListSide = styled(Grid.Item)`
  ${({ theme }) => theme.breakpoints.large} {
    border-right: 1px solid ${({ theme }) => theme.colors.neutral150};
  }
`;
