import { useState } from 'react';
import { Button, Flex, TextButton, Typography } from '@strapi/design-system';
import { ArrowUp, Question, Search } from '@strapi/icons';
import { ErrorPart, LoadingPart } from '../../api/States';
import { useAllowed } from '../../api/useAllowed';
import { useText } from '../../text/useText';
import { EmptyCard } from '../../ui/EmptyCard';
import { TintedBox } from '../../ui/TintedBox';
import type { Selection } from '../../ui/useSelection';
import { WhyDialog, type WhyAsked } from '../../why/WhyDialog';
import { DeliveryTable } from './DeliveryTable';
import { Pager } from './Pager';
import type { LivePage } from './useDeliveryPage';

interface DeliveryListProps {
  page: LivePage;
  selected: number | null;
  onSelect: (id: number) => void;
  isFiltered: boolean;
  /** Null without permission to resend. */
  selection: Selection | null;
  onSearchFurther: () => void;
  /** The question offered if nothing is found. */
  why: WhyAsked;
  turn: { onNewer: (() => void) | null; onOlder: (() => void) | null };
}

/** The left side of the log. */
export function DeliveryList(props: DeliveryListProps) {
  const { page, selected, onSelect, isFiltered, selection, onSearchFurther, why, turn } = props;
  const { t } = useText();
  if (page.isLoading) return <LoadingPart />;
  if (page.error) return <ErrorPart error={page.error} onRetry={page.refetch} />;
  return (
    <>
      <div aria-live="polite">
        {page.newCount > 0 && <NewRows count={page.newCount} onShow={page.showNew} />}
      </div>
      {page.bodiesSearched !== null && <BodiesSearched count={page.bodiesSearched} />}
      {page.rows.length === 0 && page.searchedBack !== null ? null : page.rows.length === 0 ? (
        <EmptyCard action={<Why asked={why} />}>
          {t(isFiltered ? 'deliveries.none_found' : 'deliveries.empty')}
        </EmptyCard>
      ) : (
        <DeliveryTable rows={page.rows} selected={selected} onSelect={onSelect} selection={selection} />
      )}
      {page.searchedBack !== null && (
        <SearchedBack count={page.rows.length} at={page.searchedBack} onGoOn={onSearchFurther} />
      )}
      <Pager {...turn} />
    </>
  );
}

function Why({ asked }: { asked: WhyAsked }) {
  const { t } = useText();
  const { read } = useAllowed();
  const [isOpen, setOpen] = useState(false);
  if (!read) return null;
  return (
    <>
      <Button variant="tertiary" startIcon={<Question aria-hidden />} onClick={() => setOpen(true)}>
        {t('why.title')}
      </Button>
      {isOpen && <WhyDialog asked={asked} onClose={() => setOpen(false)} />}
    </>
  );
}

function NewRows({ count, onShow }: { count: number; onShow: () => void }) {
  const { t } = useText();
  return (
    <TintedBox tone="primary" justifyContent="center" gap={2} padding={2} marginBottom={4}>
      <ArrowUp aria-hidden fill="primary600" width="1.2rem" />
      <Typography variant="pi" fontWeight="bold" textColor="primary600">
        {t('deliveries.new', { count: Math.min(count, 99), more: count > 99 ? 'yes' : 'no' })}
      </Typography>
      <TextButton onClick={onShow}>{t('deliveries.show_new')}</TextButton>
    </TintedBox>
  );
}

/** Rare matches can be anywhere in a million rows: how far the search came, and a button to continue. */
function SearchedBack({ count, at, onGoOn }: { count: number; at: number; onGoOn: () => void }) {
  const { t, intl } = useText();
  const time = intl.formatDate(at, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <Flex
      justifyContent="space-between"
      gap={4}
      wrap="wrap"
      padding={4}
      marginTop={4}
      background="neutral0"
      shadow="tableShadow"
      hasRadius
      role="status"
    >
      <Typography>{t('deliveries.searched_back', { count, time })}</Typography>
      <Button variant="secondary" startIcon={<Search aria-hidden />} onClick={onGoOn}>
        {t('deliveries.search_further')}
      </Button>
    </Flex>
  );
}

function BodiesSearched({ count }: { count: number }) {
  const { t } = useText();
  return (
    <Typography variant="pi" textColor="neutral600" tag="p" paddingBottom={3}>
      {t('deliveries.bodies_searched', { count })}
    </Typography>
  );
}
