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
import { useDuration } from '../../hooks/useDuration';
import { useFailureSentences } from '../../hooks/useFailureSentences';
import { useText } from '../../hooks/useText';
import { stateTextColours, stateReason } from '../../wording/delivery-words';
import { ColumnHeader } from '../ColumnHeader';
import { RelativeTime } from '../RelativeTime';
import { NextTry } from './NextTry';
import { StateIcon } from './StateIcon';
import type { Selection } from './useSelection';

interface DeliveryTableProps {
  rows: readonly DeliveryRow[];
  selected: number | null;
  onSelect: (id: number) => void;
  selection: Selection | null;
}

/** Two lines a row: state and its reason, event and webhook, time and tries. */
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
                checked={selection.isWhole ? true : selection.ids.size > 0 && 'indeterminate'}
                onCheckedChange={selection.toggleAll}
              />
            </Th>
          )}
          <ColumnHeader width="34%" label={t('deliveries.column.state')} />
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
          {selection.canSend(row) && (
            <Checkbox
              aria-label={t('deliveries.select_one', { event: row.eventName, webhook: row.webhookName })}
              checked={selection.ids.has(row.id)}
              onCheckedChange={() => selection.toggle(row.id)}
            />
          )}
        </Td>
      )}
      <Td>
        <StateCell row={row} />
      </Td>
      <Td>
        <Flex gap={2} wrap="wrap">
          <Open
            type="button"
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

function StateCell({ row }: { row: DeliveryRow }) {
  const { t } = useText();
  const sentencesOf = useFailureSentences();
  const { code, httpStatus: status, host, durationMs } = row;
  const short = code ? sentencesOf({ code, status, host, durationMs }).short : null;
  const isHeld = row.heldReason !== null;
  const isNextTry = !isHeld && row.state === 'pending' && row.nextAttemptAt !== null && row.attempts > 0;
  return (
    <Flex gap={2} alignItems="flex-start">
      <Box paddingTop="3px">
        <StateIcon state={row.state} />
      </Box>
      <div>
        <Typography textColor={stateTextColours[row.state]} tag="p">
          {t(isHeld ? 'delivery.state.held' : `delivery.state.${row.state}`)}
        </Typography>
        <Typography variant="pi" textColor="neutral600" tag="p">
          {isHeld ? (
            <Held until={row.heldUntil} reason={row.heldReason} />
          ) : isNextTry && row.nextAttemptAt !== null ? (
            <NextTry at={row.nextAttemptAt} style="short" />
          ) : (
            stateReason(row, short, t)
          )}
        </Typography>
      </div>
    </Flex>
  );
}

/** "until 14:32", or why where nobody knows until when. */
function Held({ until, reason }: { until: number | null; reason: string | null }) {
  const { t, intl } = useText();
  if (until === null) return <>{t(isOff(reason) ? 'delivery.reason.off' : 'delivery.reason.held')}</>;
  return <>{t('delivery.reason.held_until', { time: intl.formatTime(until) })}</>;
}

const isOff = (reason: string | null): boolean =>
  reason === 'paused' || reason === 'gone' || reason === 'failing';

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
