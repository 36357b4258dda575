import { Box, Checkbox, Td, Tr, Typography, type RawTrProps } from '@strapi/design-system';
import { Link } from 'react-router-dom';
import { styled } from 'styled-components';
import type { WebhookView } from '../../../../contracts';
import { useText } from '../../hooks/useText';
import { webhookPath } from '../../values/paths';
import { attentionOf, holdOf } from '../../wording/attention';
import { ActiveSwitch } from '../ActiveSwitch';
import { EventTags } from '../events/EventTags';
import { ReadableBadge } from '../ReadableBadge';
import { WebhookMenu } from '../webhook-menu/WebhookMenu';
import { LastDay } from './HourBars';
import { LastDelivery } from './LastDelivery';

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
    <Row aria-rowindex={rest['aria-rowindex']} $joined={hasStrip(webhook)}>
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

function NameAndHost({ webhook }: { webhook: WebhookView }) {
  const { t } = useText();
  return (
    <Box>
      <NameLink to={webhookPath(webhook.id)}>
        <Typography fontWeight="bold" ellipsis tag="span" display="block">
          {webhook.name}
        </Typography>
      </NameLink>
      <Typography variant="pi" textColor="neutral600" ellipsis tag="p">
        {webhook.host}
      </Typography>
      {webhook.state === 'disabled' && (
        <Box paddingTop={1}>
          <ReadableBadge size="S" variant="danger">
            {t('webhook.state.disabled')}
          </ReadableBadge>
        </Box>
      )}
      {(webhook.state === 'held' || webhook.state === 'away') && (
        <Box paddingTop={1}>
          <ReadableBadge size="S" variant="warning">
            {t(`webhook.state.${webhook.state}`)}
          </ReadableBadge>
        </Box>
      )}
    </Box>
  );
}

/** A limit that somebody chose makes a webhook wait all day long: its badge says so, a strip would come and go. */
export const hasStrip = (webhook: WebhookView): boolean =>
  attentionOf(webhook) !== null || holdOf(webhook)?.canResume === true;

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
