import { Field, SingleSelect, SingleSelectOption } from '@strapi/design-system';
import { useText } from '../hooks/useText';

export interface Choice {
  value: string;
  label: string;
}

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
    <Field.Root>
      <Field.Label>{label}</Field.Label>
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
    </Field.Root>
  );
}
