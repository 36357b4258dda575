import { Box, Checkbox, Td, Tr, Typography, type RawTrProps } from '@strapi/design-system';
import { Link } from 'react-router-dom';
import { styled } from 'styled-components';
import type { WebhookView } from '../../../../contracts';
import { EventTags } from '../../events/EventTags';
import { webhookPath } from '../../navigation/paths';
import { shortUrl } from '../../text/short-url';
import { useText } from '../../text/useText';
import type { Selection } from '../../ui/useSelection';
import { ActiveSwitch } from '../actions/ActiveSwitch';
import { WebhookMenu } from '../actions/WebhookMenu';
import { troubleOf } from '../trouble';
import { LastDay } from './HourBars';
import { LastDelivery } from './LastDelivery';
import { StateBadge } from './StateBadge';

/** The actions of a row, implemented by its page. */
export interface RowActions {
  selection: Selection;
  onTest: (webhook: WebhookView) => void;
  onDelete: (webhook: WebhookView) => void;
}

interface WebhookRowProps extends Pick<RawTrProps, 'aria-rowindex'>, RowActions {
  webhook: WebhookView;
  canSelect: boolean;
  showsBars: boolean;
  showsEvents: boolean;
  showsLast: boolean;
}

export function WebhookRow({ webhook, selection, onTest, onDelete, ...rest }: WebhookRowProps) {
  const { t } = useText();
  return (
    <Row aria-rowindex={rest['aria-rowindex']} $joined={hasStrip(webhook)}>
      {rest.canSelect && (
        <Td>
          <Checkbox
            aria-label={t('list.select_one', { name: webhook.name })}
            checked={selection.ids.has(webhook.id)}
            onCheckedChange={() => selection.toggle(webhook.id)}
          />
        </Td>
      )}
      <Td>
        <NameAndAddress webhook={webhook} />
        {!rest.showsLast && (
          <Box paddingTop={2}>
            <LastDelivery webhook={webhook} />
          </Box>
        )}
      </Td>
      {rest.showsEvents && (
        <Td>
          <EventTags events={webhook.events} />
        </Td>
      )}
      {rest.showsBars && (
        <Td>
          <LastDay hours={webhook.hours} />
        </Td>
      )}
      {rest.showsLast && (
        <Td>
          <LastDelivery webhook={webhook} />
        </Td>
      )}
      <Td>
        <ActiveSwitch webhook={webhook} />
      </Td>
      <Td>
        <WebhookMenu
          inRow
          webhook={webhook}
          onTest={() => onTest(webhook)}
          onDelete={() => onDelete(webhook)}
        />
      </Td>
    </Row>
  );
}

function NameAndAddress({ webhook }: { webhook: WebhookView }) {
  return (
    <Box>
      <NameLink to={webhookPath(webhook.id)}>
        <Typography fontWeight="bold" ellipsis tag="span" display="block">
          {webhook.name}
        </Typography>
      </NameLink>
      <Typography variant="pi" textColor="neutral600" ellipsis tag="p" title={shortUrl(webhook.url)}>
        {shortUrl(webhook.url)}
      </Typography>
      {webhook.state !== 'active' && (
        <Box paddingTop={1}>
          <StateBadge webhook={webhook} />
        </Box>
      )}
    </Box>
  );
}

/**
 * A chosen rate limit puts a webhook on hold all day long: its badge says so, a strip would appear and
 * disappear.
 */
export const hasStrip = (webhook: WebhookView): boolean => troubleOf(webhook) !== null;

/** A row and its strip belong together: no line between them. */
const Row = styled(Tr)<{ $joined: boolean }>`
  ${({ $joined }) => $joined && '&& { border-bottom: 0; }'}
`;

const NameLink = styled(Link)`
  color: ${({ theme }) => theme.colors.neutral800};
  text-decoration: none;

  &:hover span {
    text-decoration: underline;
  }
`;
