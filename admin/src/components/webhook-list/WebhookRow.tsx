import { Badge, Box, Checkbox, Td, Tr, Typography, type RawTrProps } from '@strapi/design-system';
import { Link } from 'react-router-dom';
import { styled } from 'styled-components';
import type { WebhookView } from '../../../../contracts';
import { useText } from '../../hooks/useText';
import { pluginPath } from '../../pluginId';
import { ActiveSwitch } from '../ActiveSwitch';
import { EventTags } from '../events/EventTags';
import { LastDay } from './HourBars';
import { LastDelivery } from './LastDelivery';
import { RowMenu } from './RowMenu';

/** What a row can ask of the page it stands on. */
export interface RowActions {
  selected: ReadonlySet<number>;
  onSelect: (selected: ReadonlySet<number>) => void;
  onTest: (webhook: WebhookView) => void;
  onDelete: (webhook: WebhookView) => void;
}

interface WebhookRowProps extends Pick<RawTrProps, 'aria-rowindex'>, RowActions {
  webhook: WebhookView;
  canSelect: boolean;
  showsBars: boolean;
  showsEvents: boolean;
}

export function WebhookRow({ webhook, selected, onSelect, onTest, onDelete, ...rest }: WebhookRowProps) {
  const { t } = useText();
  const toggle = () => {
    const next = new Set(selected);
    if (!next.delete(webhook.id)) next.add(webhook.id);
    onSelect(next);
  };
  return (
    <Row aria-rowindex={rest['aria-rowindex']} $joined={webhook.needsAttention !== null}>
      {rest.canSelect && (
        <Td>
          <Checkbox
            aria-label={t('list.select_one', { name: webhook.name })}
            checked={selected.has(webhook.id)}
            onCheckedChange={toggle}
          />
        </Td>
      )}
      <Td>
        <NameAndHost webhook={webhook} />
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
      <Td>
        <LastDelivery webhook={webhook} />
      </Td>
      <Td>
        <ActiveSwitch webhook={webhook} />
      </Td>
      <Td>
        <RowMenu webhook={webhook} onTest={() => onTest(webhook)} onDelete={() => onDelete(webhook)} />
      </Td>
    </Row>
  );
}

function NameAndHost({ webhook }: { webhook: WebhookView }) {
  const { t } = useText();
  return (
    <Box>
      <NameLink to={`${pluginPath}/${webhook.id}`}>
        <Typography fontWeight="bold" ellipsis tag="span" display="block">
          {webhook.name}
        </Typography>
      </NameLink>
      <Typography variant="pi" textColor="neutral600" ellipsis tag="p">
        {webhook.host}
      </Typography>
      {webhook.state === 'disabled' && (
        <Box paddingTop={1}>
          <Badge size="S" variant="danger">
            {t('webhook.state.disabled')}
          </Badge>
        </Box>
      )}
      {webhook.state === 'held' && (
        <Box paddingTop={1}>
          <Badge size="S" variant="warning">
            {t('webhook.state.held')}
          </Badge>
        </Box>
      )}
    </Box>
  );
}

/** A row and the strip under it are one: no line between them. */
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
