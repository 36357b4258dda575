import { Box, EmptyStateLayout, Flex, TextButton, Typography } from '@strapi/design-system';
import { ArrowUp } from '@strapi/icons';
import { EmptyDocuments } from '@strapi/icons/symbols';
import { useText } from '../../hooks/useText';
import { ErrorPart, LoadingPart } from '../States';
import { DeliveryTable } from './DeliveryTable';
import { Pager } from './Pager';
import type { LivePage } from './useDeliveryPage';

interface DeliveryListProps {
  page: LivePage;
  selected: number | null;
  onSelect: (id: number) => void;
  isFiltered: boolean;
  turn: { onNewer: (() => void) | null; onOlder: (() => void) | null };
}

/** The left side of the log. */
export function DeliveryList({ page, selected, onSelect, isFiltered, turn }: DeliveryListProps) {
  const { t } = useText();
  if (page.isLoading) return <LoadingPart />;
  if (page.error) return <ErrorPart error={page.error} onRetry={page.refetch} />;
  return (
    <>
      <div aria-live="polite">
        {page.newCount > 0 && <NewRows count={page.newCount} onShow={page.showNew} />}
      </div>
      {page.rows.length === 0 ? (
        <Box background="neutral0" shadow="tableShadow" hasRadius>
          <EmptyStateLayout
            icon={<EmptyDocuments width="16rem" aria-hidden />}
            content={t(isFiltered ? 'deliveries.none_found' : 'deliveries.empty')}
          />
        </Box>
      ) : (
        <DeliveryTable rows={page.rows} selected={selected} onSelect={onSelect} />
      )}
      <Pager {...turn} />
    </>
  );
}

function NewRows({ count, onShow }: { count: number; onShow: () => void }) {
  const { t } = useText();
  return (
    <Flex
      justifyContent="center"
      gap={2}
      padding={2}
      marginBottom={4}
      background="primary100"
      borderColor="primary200"
      hasRadius
    >
      <ArrowUp aria-hidden fill="primary600" width="1.2rem" />
      <Typography variant="pi" fontWeight="bold" textColor="primary600">
        {t('deliveries.new', { count: Math.min(count, 99), more: count > 99 ? 'yes' : 'no' })}
      </Typography>
      <TextButton onClick={onShow}>{t('deliveries.show_new')}</TextButton>
    </Flex>
  );
}
