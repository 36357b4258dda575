import { useEffect, useState } from 'react';
import { Box, Field, Flex, Loader, TextButton, Typography } from '@strapi/design-system';
import type { EntryReference } from '../../../contracts';
import { apiErrorOf } from '../api/api-error';
import { ErrorPart } from '../api/States';
import { useText } from '../text/useText';
import { FilterSelect } from '../ui/filter/FilterSelect';
import { SearchField } from '../ui/filter/SearchField';
import { useContentTypes, useEntries, useLocales, useMainField } from './api';
import { EntryChoices } from './picker/EntryChoices';

interface EntryPickerProps {
  /** The content type whose entries are offered. */
  uid: string;
  value: EntryReference | null;
  onChange: (entry: EntryReference | null) => void;
  label?: string;
}

/** Chooses an entry of a content type; only entries that the person may see in the content manager. */
export function EntryPicker({ uid, value, onChange, label }: EntryPickerProps) {
  const { t } = useText();
  const [text, setText] = useState('');
  const [locale, setLocale] = useState<string | null>(null);
  const { data: types, isLoading: isAsking, error: typesError, refetch: askTypes } = useContentTypes();
  const type = types?.find((known) => known.uid === uid);
  // Where its configuration cannot be had, entries are named by their ids.
  const { currentData: configured, isError: isUnnamed } = useMainField(uid, { skip: !type });
  const mainField = configured ?? (isUnnamed ? 'documentId' : undefined);
  const { currentData, error, isFetching, refetch } = useEntries(
    { uid, kind: type?.kind ?? 'collectionType', mainField: mainField ?? 'documentId', text, locale },
    { skip: !type || mainField === undefined },
  );
  const isLocalised = locale !== null || currentData?.some((entry) => entry.locale !== null) === true;
  const name = label ?? t('entries.label');
  const isGone =
    value !== null &&
    currentData !== undefined &&
    !currentData.some(({ documentId, locale: of }) => documentId === value.documentId && of === value.locale);
  // The chosen entry is always visible.
  useEffect(() => {
    if (isGone) onChange(null);
  }, [isGone, onChange]);

  return (
    <Field.Root required>
      <Field.Label>{name}</Field.Label>
      {isAsking ? (
        <Loader small>{t('entries.loading')}</Loader>
      ) : typesError ? (
        <ErrorPart error={typesError} onRetry={askTypes} />
      ) : !type ? (
        <Note>{t('entries.not_shown')}</Note>
      ) : (
        <Flex direction="column" alignItems="stretch" gap={2}>
          <Flex gap={2} alignItems="flex-end" wrap="wrap">
            {type.kind === 'collectionType' && (
              <Box flex="1 1 18rem">
                <SearchField
                  label={t('entries.search', { name: type.displayName })}
                  value={text}
                  onSearch={setText}
                />
              </Box>
            )}
            {isLocalised && <LocaleSelect value={locale} onChange={setLocale} />}
          </Flex>
          {error ? (
            <NotHad status={apiErrorOf(error).status} name={type.displayName} onRetry={refetch} />
          ) : !currentData ? (
            <Loader small>{t('entries.loading')}</Loader>
          ) : currentData.length === 0 ? (
            <Note>{t(text ? 'entries.none_found' : 'entries.none', { name: type.displayName })}</Note>
          ) : (
            <EntryChoices
              label={name}
              entries={currentData}
              value={value}
              isBusy={isFetching}
              onChange={onChange}
            />
          )}
        </Flex>
      )}
    </Field.Root>
  );
}

/** No entries: which may not be seen, are not there, or could not be loaded. */
function NotHad({ status, name, onRetry }: { status: number | null; name: string; onRetry: () => void }) {
  const { t } = useText();
  if (status === 403) return <Note>{t('entries.forbidden', { name })}</Note>;
  if (status === 404) return <Note>{t('entries.none', { name })}</Note>;
  return (
    <Flex gap={3} wrap="wrap">
      <Note>{t('entries.failed', { name })}</Note>
      <TextButton onClick={onRetry}>{t('state.retry')}</TextButton>
    </Flex>
  );
}

function Note({ children }: { children: string }) {
  return (
    <Typography variant="pi" textColor="neutral600" tag="p" role="status">
      {children}
    </Typography>
  );
}

function LocaleSelect({
  value,
  onChange,
}: {
  value: string | null;
  onChange: (locale: string | null) => void;
}) {
  const { t } = useText();
  const { data = [] } = useLocales();
  if (data.length < 2) return null;
  const fallback = data.find(({ isDefault }) => isDefault)?.code;
  return (
    <FilterSelect
      label={t('entries.locale')}
      choices={data.map(({ code, name }) => ({ value: code, label: name }))}
      value={value ?? fallback}
      onChange={(code) => onChange(code ?? null)}
    />
  );
}
