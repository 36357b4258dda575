import { useEffect, useState, type KeyboardEvent } from 'react';
import { Box, Searchbar } from '@strapi/design-system';
import { useDebounce } from '@strapi/strapi/admin';
import { useText } from '../../text/useText';

const typingPauseMs = 300;

interface SearchFieldProps {
  /** Accessible name of the field; also its placeholder. */
  label: string;
  value: string;
  onSearch: (value: string) => void;
}

/** Searches while typing, after a pause. */
export function SearchField({ label, value, onSearch }: SearchFieldProps) {
  const { t } = useText();
  const [typed, setTyped] = useState(value);
  const settled = useDebounce(typed, typingPauseMs);

  // A filter cleared elsewhere, or the browser's back button, also empties the field.
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (settled === typed && settled !== value) onSearch(settled);
    // Only typed text starts a search; a value from outside must not be sent back.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [settled]);

  return (
    // Not a form: the field is also inside the form of a webhook, which Enter must not submit.
    <Box
      role="search"
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key !== 'Enter') return;
        event.preventDefault();
        onSearch(typed);
      }}
    >
      <Searchbar
        name="search"
        size="S"
        placeholder={label}
        clearLabel={t('search.clear')}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onClear={() => {
          setTyped('');
          onSearch('');
        }}
      >
        {label}
      </Searchbar>
    </Box>
  );
}
