import { useEffect, useState } from 'react';
import { Box, Field, Flex, Loader, Typography } from '@strapi/design-system';
import type { EntryReference } from '../../../../contracts';
import { useText } from '../../hooks/useText';
import { useContentTypes } from '../../services/content-types';
import { useEntries, useLocales, useMainField } from '../../services/entries';
import { apiErrorOf } from '../../values/api-error';
import { FilterSelect } from '../FilterSelect';
import { SearchField } from '../SearchField';
import { EntryChoices } from './EntryChoices';

interface EntryPickerProps {
  /** The content type whose entries are offered. */
  uid: string;
  value: EntryReference | null;
  onChange: (entry: EntryReference | null) => void;
  label?: string;
}

/** Chooses an entry of a content type; one sees what one may see in the content manager. */
export function EntryPicker({ uid, value, onChange, label }: EntryPickerProps) {
  const { t } = useText();
  const [text, setText] = useState('');
  const [locale, setLocale] = useState<string | null>(null);
  const { data: types, isLoading: isAsking } = useContentTypes();
  const type = types?.find((known) => known.uid === uid);
  const { data: mainField } = useMainField(uid, { skip: !type });
  const { currentData, error, isFetching } = useEntries(
    { uid, kind: type?.kind ?? 'collectionType', mainField: mainField ?? 'documentId', text, locale },
    { skip: !type || mainField === undefined },
  );
  const isLocalised = locale !== null || currentData?.some((entry) => entry.locale !== null) === true;
  const name = label ?? t('entries.label');
  const isGone =
    value !== null &&
    currentData !== undefined &&
    !currentData.some(({ documentId, locale: of }) => documentId === value.documentId && of === value.locale);
  // What is chosen is always in sight.
  useEffect(() => {
    if (isGone) onChange(null);
  }, [isGone, onChange]);

  return (
    <Field.Root required>
      <Field.Label>{name}</Field.Label>
      {isAsking ? (
        <Loader small>{t('entries.loading')}</Loader>
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
            <Note>
              {t(
                apiErrorOf(error).status === 403
                  ? 'entries.forbidden'
                  : apiErrorOf(error).status === 404
                    ? 'entries.none'
                    : 'entries.failed',
                { name: type.displayName },
              )}
            </Note>
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
