import { useMemo, useState, type ReactNode } from 'react';
import { Flex, TextButton, Typography } from '@strapi/design-system';
import type { FieldModels, FieldTree } from '../../../contracts';
import { ErrorPart, LoadingPart } from '../api/States';
import { useText } from '../text/useText';
import { SearchField } from '../ui/filter/SearchField';
import { useFieldModels } from './api';
import { TreeLines } from './editor/TreeLines';
import { emptyTree, own } from './tree/models';
import { rowsOf } from './tree/rows';
import { searched } from './tree/search';
import { countOf } from './tree/ticks';

interface FieldTreeEditorProps {
  /** The content type. */
  uid: string;
  /** Null: as by default. */
  value: FieldTree | null;
  onChange: (tree: FieldTree | null) => void;
  disabled: boolean;
}

/** Which fields of an entry are sent, and how deep: a tree to tick. */
export function FieldTreeEditor({ uid, ...rest }: FieldTreeEditorProps) {
  const { t } = useText();
  const { currentData, error, isFetching, refetch } = useFieldModels(uid);
  if (error && !isFetching) return <ErrorPart error={error} onRetry={refetch} />;
  if (!currentData) return <LoadingPart />;
  if (!own(currentData.models, uid)) {
    return (
      <Typography variant="pi" textColor="neutral600" tag="p">
        {t('fields.no_type')}
      </Typography>
    );
  }
  // What is unfolded in one content type says nothing of another.
  return <Tree key={uid} uid={uid} found={currentData} {...rest} />;
}

function Tree({ uid, value, onChange, disabled, found }: FieldTreeEditorProps & { found: FieldModels }) {
  const { t } = useText();
  const [search, setSearch] = useState('');
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const { models, maxRelated } = found;
  const tree = value ?? own(found.defaults, uid) ?? emptyTree;
  const edited = { models, uid, tree };
  const hits = useMemo(
    () => (search.trim() === '' ? null : searched(models, uid, search)),
    [models, uid, search],
  );
  const rows = rowsOf(
    edited,
    hits ? { isOpen: (key) => hits.opened.has(key), only: hits.shown } : { isOpen: (key) => opened.has(key) },
  );
  const toggleOpen = (key: string) => {
    const next = new Set(opened);
    if (!next.delete(key)) next.add(key);
    setOpened(next);
  };
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <Flex justifyContent="space-between" gap={3} wrap="wrap">
        <Typography fontWeight="bold" aria-live="polite">
          {t('fields.count', { ...countOf(models, uid, tree) })}
          {value === null && (
            <Typography variant="pi" textColor="neutral600" fontWeight="regular">
              {` · ${t('fields.by_default')}`}
            </Typography>
          )}
        </Typography>
        {!disabled && (
          <Flex gap={4}>
            <TextButton disabled={value === null} onClick={() => onChange(null)}>
              {t('fields.use_default')}
            </TextButton>
            <TextButton onClick={() => onChange(emptyTree)}>{t('fields.use_nothing')}</TextButton>
          </Flex>
        )}
      </Flex>
      <SearchField label={t('fields.search')} value={search} onSearch={setSearch} />
      <TreeLines
        edited={edited}
        rows={rows}
        maxRelated={maxRelated}
        disabled={disabled}
        onChange={onChange}
        // What a search has unfolded stays so while it lasts.
        onToggleOpen={hits ? undefined : toggleOpen}
      />
      {hits && (
        <Note>
          {hits.isCut && hits.shown.size > 0
            ? t('fields.search_cut')
            : hits.shown.size === 0 && t('fields.none_found')}
        </Note>
      )}
      <Note>{t('fields.always')}</Note>
    </Flex>
  );
}

function Note({ children }: { children: ReactNode }) {
  if (!children) return null;
  return (
    <Typography variant="pi" textColor="neutral600" tag="p" role="status">
      {children}
    </Typography>
  );
}
