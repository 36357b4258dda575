import { Badge, Box, Button, Flex, Typography, VisuallyHidden } from '@strapi/design-system';
import { Trash } from '@strapi/icons';
import { styled } from 'styled-components';
import { inboxLimits, type InboxRequestRow, type InboxView } from '../../../../contracts';
import { useAllowed } from '../../api/useAllowed';
import { useText } from '../../text/useText';
import { ConfirmButton } from '../../ui/dialog/ConfirmButton';
import { RelativeTime } from '../../ui/RelativeTime';
import { StateDot } from '../../ui/StateDot';
import { useInboxActions } from '../view/useInboxActions';
import { SignatureMark } from './SignatureMark';

interface RequestListProps {
  inbox: InboxView;
  requests: readonly InboxRequestRow[];
  selected: number | null;
  onSelect: (id: number) => void;
  /** False while the server cannot be reached. */
  isListening: boolean;
}

/** The received requests, newest first. */
export function RequestList({ inbox, requests, selected, onSelect, isListening }: RequestListProps) {
  const { t } = useText();
  const allowed = useAllowed();
  const { clear } = useInboxActions();
  return (
    <Box>
      <Flex justifyContent="space-between" gap={2} padding={5}>
        <Typography fontWeight="bold" tag="h2">
          {t('inbox.requests', { count: inbox.requestCount })}
        </Typography>
        <Flex gap={2}>
          <Flex paddingBottom="6px">
            <StateDot $look={isListening ? 'good' : 'bad'} />
          </Flex>
          <Typography variant="pi" textColor={isListening ? 'success600' : 'danger600'}>
            {t(isListening ? 'inbox.listening' : 'inbox.not_listening')}
          </Typography>
        </Flex>
      </Flex>
      <VisuallyHidden aria-live="polite">{t('inbox.requests', { count: inbox.requestCount })}</VisuallyHidden>
      <List>
        {requests.map((request) => (
          <li key={request.id}>
            <Request
              request={request}
              isSelected={request.id === selected}
              onSelect={() => onSelect(request.id)}
            />
          </li>
        ))}
      </List>
      <Box padding={5}>
        <Typography variant="pi" textColor="neutral600" tag="p">
          {t('inbox.limits', { days: inboxLimits.days, requests: inboxLimits.requests })}
        </Typography>
        {allowed.inboxManage && requests.length > 0 && (
          <Box paddingTop={3}>
            <ConfirmButton
              title={t('inbox.clear')}
              confirm={t('inbox.clear')}
              trigger={
                <Button variant="tertiary" size="S" startIcon={<Trash aria-hidden />}>
                  {t('inbox.clear')}
                </Button>
              }
              onConfirm={async () => {
                await clear(inbox);
              }}
            >
              {t('inbox.clear_question', { count: inbox.requestCount })}
            </ConfirmButton>
          </Box>
        )}
      </Box>
    </Box>
  );
}

interface RequestProps {
  request: InboxRequestRow;
  isSelected: boolean;
  onSelect: () => void;
}

function Request({ request, isSelected, onSelect }: RequestProps) {
  const { t } = useText();
  return (
    <Row type="button" aria-current={isSelected} $selected={isSelected} onClick={onSelect}>
      <Flex gap={2}>
        <Badge size="S">{request.method}</Badge>
        <Typography fontWeight="bold" textColor="neutral800" ellipsis>
          {request.eventType ?? t('inbox.no_event')}
        </Typography>
      </Flex>
      <Flex justifyContent="space-between" gap={2} paddingTop={1}>
        <Typography variant="pi" textColor="neutral600">
          <RelativeTime at={request.receivedAt} />
        </Typography>
        <Flex gap={2}>
          {request.test && (
            <Badge size="S" variant="secondary">
              {t('delivery.test')}
            </Badge>
          )}
          <SignatureMark signature={request.signature} />
        </Flex>
      </Flex>
    </Row>
  );
}

const List = styled.ul`
  border-top: 1px solid ${({ theme }) => theme.colors.neutral150};
  max-height: 64rem;
  overflow-y: auto;
`;

const Row = styled.button<{ $selected: boolean }>`
  display: block;
  width: 100%;
  padding: 1.2rem 2rem;
  border: 0;
  border-bottom: 1px solid ${({ theme }) => theme.colors.neutral150};
  border-left: 3px solid ${({ theme, $selected }) => ($selected ? theme.colors.primary600 : 'transparent')};
  background: ${({ theme, $selected }) => ($selected ? theme.colors.primary100 : 'transparent')};
  text-align: left;
  cursor: pointer;

  &:hover {
    background: ${({ theme }) => theme.colors.primary100};
  }
  &:focus-visible {
    outline-offset: -2px;
  }
`;
