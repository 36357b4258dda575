import { Tag, TextButton } from '@strapi/design-system';
import { Cross } from '@strapi/icons';
import { useText } from '../hooks/useText';

export interface Chip {
  name: string;
  /** `State: Failed`. */
  label: string;
}

/** The filters in use, each with a way off. */
export function FilterChips({ chips, onRemove }: { chips: Chip[]; onRemove: (names: string[]) => void }) {
  const { t } = useText();
  if (chips.length === 0) return null;
  return (
    <>
      {chips.map(({ name, label }) => (
        <Tag
          key={name}
          icon={<Cross aria-hidden />}
          label={t('filter.remove', { filter: label })}
          onClick={() => onRemove([name])}
        >
          {label}
        </Tag>
      ))}
      <TextButton onClick={() => onRemove(chips.map(({ name }) => name))}>{t('filter.clear')}</TextButton>
    </>
  );
}
