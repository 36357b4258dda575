import type { MouseEvent } from 'react';
import {
  Badge,
  Box,
  Checkbox,
  Flex,
  Table,
  Tbody,
  Td,
  Th,
  Thead,
  Tr,
  Typography,
} from '@strapi/design-system';
import type { RawTrProps } from '@strapi/design-system';
import { styled } from 'styled-components';
import type { DeliveryRow } from '../../../../contracts';
import { useDuration } from '../../text/useDuration';
import { useText } from '../../text/useText';
import { ColumnHeader } from '../../ui/ColumnHeader';
import { RelativeTime } from '../../ui/RelativeTime';
import { checkedOfAll, type Selection } from '../../ui/useSelection';
import { DeliveryStatus } from '../DeliveryStatus';
import { canSend } from './sendable';

interface DeliveryTableProps {
  rows: readonly DeliveryRow[];
  selected: number | null;
  onSelect: (id: number) => void;
  selection: Selection | null;
}

/** Two lines per row: state and its reason, event and webhook, time and attempts. */
export function DeliveryTable({ rows, selected, onSelect, selection }: DeliveryTableProps) {
  const { t } = useText();
  return (
    <Columns rowCount={rows.length + 1} colCount={selection ? 4 : 3}>
      <Thead>
        <Tr>
          {selection && (
            <Th width="4.8rem">
              <Checkbox
                aria-label={t('deliveries.select_all')}
                checked={checkedOfAll(selection)}
                onCheckedChange={selection.toggleAll}
              />
            </Th>
          )}
          <ColumnHeader width="37%" label={t('deliveries.column.state')} />
          <ColumnHeader label={t('deliveries.column.event')} />
          <ColumnHeader width="24%" label={t('deliveries.column.when')} />
        </Tr>
      </Thead>
      <Tbody>
        {rows.map((row) => (
          <Row
            key={row.id}
            row={row}
            isSelected={row.id === selected}
            onSelect={() => onSelect(row.id)}
            selection={selection}
          />
        ))}
      </Tbody>
    </Columns>
  );
}

/** The DOM id of the button that opens a delivery: the focus comes back to it. */
export const rowButtonId = (deliveryId: number): string => `delivery-${deliveryId}`;

interface RowProps extends Pick<RawTrProps, 'aria-rowindex'> {
  row: DeliveryRow;
  isSelected: boolean;
  onSelect: () => void;
  selection: Selection | null;
}

function Row({ row, isSelected, onSelect, selection, ...rest }: RowProps) {
  const { t } = useText();
  return (
    <Line {...rest} $selected={isSelected} aria-selected={isSelected} onClick={onSelect}>
      {selection && (
        <Td onClick={(event: MouseEvent) => event.stopPropagation()}>
          {canSend(row) && (
            <Checkbox
              aria-label={t('deliveries.select_one', { event: row.eventName, webhook: row.webhookName })}
              checked={selection.ids.has(row.id)}
              onCheckedChange={() => selection.toggle(row.id)}
            />
          )}
        </Td>
      )}
      <Td>
        <DeliveryStatus look="cell" row={row} />
      </Td>
      <Td>
        <Flex gap={2} wrap="wrap">
          <Open
            type="button"
            id={rowButtonId(row.id)}
            onClick={(event) => {
              event.stopPropagation();
              onSelect();
            }}
          >
            <Typography tag="span">{row.eventName}</Typography>
          </Open>
          {row.test && (
            <Badge size="S" variant="secondary">
              {t('delivery.test')}
            </Badge>
          )}
        </Flex>
        <Typography variant="pi" textColor="neutral600" tag="p" ellipsis>
          {row.webhookName}
        </Typography>
      </Td>
      <Td>
        <WhenCell row={row} />
      </Td>
    </Line>
  );
}

function WhenCell({ row }: { row: DeliveryRow }) {
  const { t } = useText();
  const duration = useDuration();
  const isOneTry = row.state === 'succeeded' && row.attempts === 1 && row.durationMs !== null;
  return (
    <Box>
      <Typography variant="pi" tag="p">
        <RelativeTime at={row.createdAt} style="short" />
      </Typography>
      <Typography variant="pi" textColor="neutral600" tag="p">
        {isOneTry && row.durationMs !== null
          ? duration(row.durationMs)
          : t('delivery.tries', { count: row.attempts })}
      </Typography>
    </Box>
  );
}

const Columns = styled(Table)`
  table-layout: fixed;
  white-space: normal;

  td,
  th {
    padding-right: 0;
  }

  /* On a phone the design system's text is larger, and a word of the state wider than its column. */
  @media (max-width: 640px) {
    && :is(td, th) {
      padding-left: 0.8rem;
    }
    && td :is(p, span) {
      font-size: ${({ theme }) => theme.fontSizes[1]};
      line-height: 1.4;
      hyphens: auto;
      overflow-wrap: anywhere;
    }
  }
`;

const Line = styled(Tr)<{ $selected: boolean }>`
  cursor: pointer;
  && {
    background: ${({ theme, $selected }) => ($selected ? theme.colors.primary100 : 'transparent')};
  }
  &&:hover {
    background: ${({ theme, $selected }) => ($selected ? theme.colors.primary100 : theme.colors.neutral100)};
  }
`;

const Open = styled.button`
  padding: 0;
  border: 0;
  background: none;
  cursor: pointer;
  text-align: left;
  color: ${({ theme }) => theme.colors.neutral800};

  &:hover span {
    text-decoration: underline;
  }
`;
