import { TextButton } from '@strapi/design-system';
import { useText } from '../../text/useText';
import { RemovableTag } from '../RemovableTag';

export interface Chip {
  name: string;
  /** `State: Failed`. */
  label: string;
}

/** The active filters, each with a button to remove it. */
export function FilterChips({ chips, onRemove }: { chips: Chip[]; onRemove: (names: string[]) => void }) {
  const { t } = useText();
  if (chips.length === 0) return null;
  return (
    <>
      {chips.map(({ name, label }) => (
        <RemovableTag
          key={name}
          label={t('filter.remove', { filter: label })}
          onClick={() => onRemove([name])}
        >
          {label}
        </RemovableTag>
      ))}
      <TextButton onClick={() => onRemove(chips.map(({ name }) => name))}>{t('filter.clear')}</TextButton>
    </>
  );
}
