import type { ReactNode } from 'react';
import { Field, SingleSelect, SingleSelectOption } from '@strapi/design-system';
import { useText } from '../../text/useText';
import type { Choice } from './choices';
import { SearchSelect } from './SearchSelect';

interface FilterSelectProps {
  label: string;
  choices: readonly Choice[];
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

/** One filter with a few choices; clearing it shows all. */
export function FilterSelect({ label, choices, value, onChange }: FilterSelectProps) {
  const { t } = useText();
  return (
    <FilterField label={label}>
      <SingleSelect
        size="S"
        value={value ?? null}
        placeholder={t('filter.all')}
        clearLabel={t('search.clear')}
        onClear={() => onChange(undefined)}
        onChange={(chosen) => onChange(String(chosen))}
      >
        {choices.map((choice) => (
          <SingleSelectOption key={choice.value} value={choice.value}>
            {choice.label}
          </SingleSelectOption>
        ))}
      </SingleSelect>
    </FilterField>
  );
}

/** One filter with so many choices that one types to find them. */
export function FilterSearch({ label, choices, value, onChange }: FilterSelectProps) {
  const { t } = useText();
  return (
    <FilterField label={label}>
      <SearchSelect
        size="S"
        choices={choices}
        value={value}
        placeholder={t('filter.all')}
        onChange={onChange}
        onClear={() => onChange(undefined)}
      />
    </FilterField>
  );
}

export function FilterField({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Field.Root>
      <Field.Label>{label}</Field.Label>
      {children}
    </Field.Root>
  );
}
