import { useState } from 'react';
import { Combobox, ComboboxOption, type ComboboxProps } from '@strapi/design-system';
import { useText } from '../../text/useText';
import { shownChoices, type Choice } from './choices';

interface SearchSelectProps extends Pick<
  ComboboxProps,
  'aria-label' | 'size' | 'disabled' | 'loading' | 'placeholder'
> {
  choices: readonly Choice[];
  value: string | undefined;
  onChange: (value: string) => void;
  /** Without it a choice cannot be taken back. */
  onClear?: () => void;
  /** Told what is typed, where the choices are searched elsewhere; without it they are searched here. */
  onSearch?: (text: string) => void;
  /** What is said where nothing is offered. */
  none?: string;
  /** What is typed can be chosen as well. */
  isFree?: boolean;
  /** How many fit beyond those that are offered. */
  more?: number;
}

/** A choice among many, found by typing. Belongs in a `Field.Root`. */
export function SearchSelect(props: SearchSelectProps) {
  const {
    choices,
    value,
    onChange,
    onClear,
    onSearch,
    more = 0,
    none,
    placeholder,
    isFree = false,
    ...rest
  } = props;
  const { t } = useText();
  // Null while nobody types: the field then shows what is chosen, and the list everything.
  const [typed, setTyped] = useState<string | null>(null);
  const [isOpen, setOpen] = useState(false);
  const own = isFree ? freeChoices(choices, [value ?? '', typed?.trim() ?? '']) : [];
  const known = [...own, ...choices];
  const chosen = known.find((choice) => choice.value === value);
  const offered = onSearch ? known : shownChoices(known, typed ?? '');

  const type = (text: string | null) => {
    setTyped(text);
    onSearch?.(text ?? '');
  };
  return (
    <Combobox
      {...rest}
      // It searches by words of its own; Strapi's would find only what begins with what is typed.
      autocomplete="none"
      value={value ?? ''}
      textValue={typed ?? chosen?.label ?? ''}
      placeholder={placeholder ?? t('choose.placeholder')}
      noOptionsMessage={() => none ?? t('choose.none')}
      loadingMessage={t('state.loading')}
      clearLabel={t('search.clear')}
      open={isOpen}
      onOpenChange={(opens) => {
        setOpen(opens);
        if (!opens) type(null);
      }}
      onInputChange={(event) => {
        // Also for what is pasted: Strapi's opens for keys only.
        setOpen(true);
        type(event.currentTarget.value);
      }}
      onChange={(next) => {
        if (next === undefined || next === '') return;
        setTyped(null);
        onChange(next);
      }}
      onClear={onClear && (() => onClear())}
    >
      {offered.map((choice) => (
        <ComboboxOption key={choice.value} value={choice.value} textValue={choice.label}>
          {/* One long word must not make all lines wider than the list. */}
          <span style={{ overflowWrap: 'anywhere' }}>{choice.label}</span>
        </ComboboxOption>
      ))}
      {more > 0 && (
        <ComboboxOption value="more" disabled textValue={t('choose.more', { count: more })}>
          {t('choose.more', { count: more })}
        </ComboboxOption>
      )}
    </Combobox>
  );
}

/** The texts that are no choices yet, as choices. */
const freeChoices = (choices: readonly Choice[], texts: readonly string[]): Choice[] =>
  [...new Set(texts)]
    .filter((text) => text !== '' && !choices.some(({ value }) => value === text))
    .map((text) => ({ value: text, label: text }));
