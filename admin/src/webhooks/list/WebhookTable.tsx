import { Box, Table, Tbody, Td, Th, Thead, Tr, Checkbox, VisuallyHidden } from '@strapi/design-system';
import { useMediaQuery } from '@strapi/strapi/admin';
import { styled } from 'styled-components';
import type { WebhookView } from '../../../../contracts';
import { useAllowed } from '../../api/useAllowed';
import { useText } from '../../text/useText';
import { ColumnHeader } from '../../ui/ColumnHeader';
import { checkedOfAll } from '../../ui/useSelection';
import { WebhookTrouble } from '../WebhookTrouble';
import { SortHeader } from './SortHeader';
import { hasStrip, WebhookRow, type RowActions } from './WebhookRow';

interface WebhookTableProps extends RowActions {
  webhooks: WebhookView[];
  sort: string;
  onSort: (sort: string) => void;
}

/** Six columns that answer "does it work?". Narrow screens drop the bars first, then the events; the narrowest have what was sent last below the name. */
export function WebhookTable(props: WebhookTableProps) {
  const { webhooks, sort, onSort, selection } = props;
  const { t } = useText();
  const allowed = useAllowed();
  const showsBars = useMediaQuery('(min-width: 1180px)');
  const showsEvents = useMediaQuery('(min-width: 960px)');
  // Narrower, what was sent last stands below the name: else there would be no room for that.
  const showsLast = useMediaQuery('(min-width: 640px)');
  const canSelect = allowed.update || allowed.delete;
  const columns = 3 + [canSelect, showsBars, showsEvents, showsLast].filter(Boolean).length;
  const directionOf = (name: string) => {
    const [column, direction] = sort.split(':');
    if (column !== name) return null;
    return direction === 'desc' ? 'desc' : 'asc';
  };

  return (
    <Columns rowCount={webhooks.length + 1} colCount={columns}>
      <Thead>
        <Tr>
          {canSelect && (
            <Th width="4.4rem">
              <Checkbox
                aria-label={t('list.select_all')}
                checked={checkedOfAll(selection)}
                onCheckedChange={selection.toggleAll}
              />
            </Th>
          )}
          <SortHeader
            label={t('list.column.name')}
            direction={directionOf('name')}
            onSort={() => onSort(directionOf('name') === 'asc' ? 'name:desc' : 'name:asc')}
          />
          {showsEvents && <ColumnHeader width="17rem" label={t('list.column.events')} />}
          {showsBars && <ColumnHeader width="13.8rem" label={t('list.column.hours')} />}
          {showsLast && <ColumnHeader width="14.4rem" label={t('list.column.last')} />}
          <ColumnHeader width="8rem" label={t('list.column.active')} />
          <Th width="4.4rem">
            <VisuallyHidden>{t('list.column.actions')}</VisuallyHidden>
          </Th>
        </Tr>
      </Thead>
      <Tbody>
        {webhooks.flatMap((webhook) => [
          <WebhookRow
            key={webhook.id}
            {...props}
            webhook={webhook}
            canSelect={canSelect}
            showsBars={showsBars}
            showsEvents={showsEvents}
            showsLast={showsLast}
          />,
          hasStrip(webhook) && (
            <Tr key={`${webhook.id}-attention`}>
              <Td colSpan={columns} style={{ paddingTop: 0 }}>
                <Box paddingBottom={4}>
                  <WebhookTrouble look="strip" webhook={webhook} />
                </Box>
              </Td>
            </Tr>
          ),
        ])}
      </Tbody>
    </Columns>
  );
}

/** Fixed widths while texts change; the name takes the rest. */
const Columns = styled(Table)`
  table-layout: fixed;
  white-space: normal;

  td,
  th {
    padding-left: 0;
  }
`;
