import { useState } from 'react';
import { useDebounce } from '@strapi/strapi/admin';
import { useContentTypes, useEntries, useMainField } from '../../../entry/api';
import { useEntryName } from '../../../entry/useEntryName';
import { useText } from '../../../text/useText';
import type { EditorFrame } from './editor-frame';
import { TagPicker } from './TagPicker';

const typingPauseMs = 300;

interface RelationPickerProps extends EditorFrame {
  /** Content type of the entries. */
  target: string;
  /** Document ids. */
  value: readonly string[];
  onChange: (value: string[]) => void;
  isSingle?: boolean;
}

/** Entries of another content type, found by their names. */
export function RelationPicker({ target, isSingle = false, describedBy, ...rest }: RelationPickerProps) {
  const { t } = useText();
  const [search, setSearch] = useState('');
  const text = useDebounce(search, typingPauseMs);
  const { data: types } = useContentTypes();
  const type = types?.find(({ uid }) => uid === target);
  const { currentData: configured, isError: isUnnamed } = useMainField(target, { skip: !type });
  const mainField = configured ?? (isUnnamed ? 'documentId' : undefined);
  const { data: entries = [], isFetching } = useEntries(
    {
      uid: target,
      kind: type?.kind ?? 'collectionType',
      mainField: mainField ?? 'documentId',
      text,
      locale: null,
    },
    { skip: !type || mainField === undefined },
  );

  return (
    <TagPicker
      {...rest}
      isSingle={isSingle}
      {...(describedBy !== undefined && { describedBy })}
      choices={entries.map(({ documentId, name }) => ({ value: documentId, label: name }))}
      placeholder={t('only_when.value.find_entry')}
      none={t(isFetching ? 'state.loading' : 'choose.none')}
      onSearch={setSearch}
      renderName={(documentId) => <EntryName uid={target} documentId={documentId} />}
    />
  );
}

function EntryName({ uid, documentId }: { uid: string; documentId: string }) {
  return <>{useEntryName({ uid, documentId, locale: null })}</>;
}
