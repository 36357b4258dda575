import { useState, type KeyboardEvent } from 'react';
import { shownChoices, type Choice } from '../../../ui/filter/choices';

export interface PickerChoice extends Choice {
  /** Choices of a group stand together, under its name. */
  group?: string;
}

interface PickerInput {
  choices: readonly PickerChoice[];
  value: readonly string[];
  onChange: (value: string[]) => void;
  /** One of them only: another takes its place. */
  isSingle: boolean;
  /** What is typed can be chosen as well. */
  isFree: boolean;
  /** Told what is typed, where the choices are searched elsewhere. */
  onSearch?: (text: string) => void;
}

/** State and keys of a field for several values: a combobox with a list (WAI-ARIA APG, "Combobox"). */
export function usePicker({ choices, value, onChange, isSingle, isFree, onSearch }: PickerInput) {
  const [isOpen, setOpen] = useState(false);
  const [search, setSearch] = useState('');
  const [activeIndex, setActiveIndex] = useState(0);

  const found = onSearch ? choices : shownChoices(choices, search);
  const typed = search.trim();
  const isNew = isFree && typed !== '' && !found.some((choice) => choice.value === typed);
  const offered: readonly PickerChoice[] = isNew ? [{ value: typed, label: typed }, ...found] : found;
  const active = offered[Math.min(activeIndex, offered.length - 1)];

  const searchFor = (text: string) => {
    setSearch(text);
    onSearch?.(text);
    setActiveIndex(0);
  };
  const toggle = (chosen: string) => {
    const isChosen = value.includes(chosen);
    if (isSingle) onChange([chosen]);
    else onChange(isChosen ? value.filter((other) => other !== chosen) : [...value, chosen]);
    searchFor('');
    if (isSingle) setOpen(false);
  };
  const close = () => {
    setOpen(false);
    // Who types a value and leaves the field meant it.
    if (isNew) toggle(typed);
    else searchFor('');
  };
  const move = (step: number) => {
    setOpen(true);
    if (offered.length > 0) setActiveIndex((activeIndex + step + offered.length) % offered.length);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'ArrowDown') move(isOpen ? 1 : 0);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Enter') {
      if (isOpen && active) toggle(active.value);
    } else if (event.key === 'Escape' && isOpen) {
      // The surrounding dialog or page uses Escape itself.
      event.stopPropagation();
      setOpen(false);
      searchFor('');
    } else if (event.key === 'Backspace' && search === '' && value.length > 0) onChange(value.slice(0, -1));
    else return;
    event.preventDefault();
  };

  return {
    offered,
    active,
    isOpen,
    open: () => setOpen(true),
    search,
    setSearch: (text: string) => {
      setOpen(true);
      searchFor(text);
    },
    toggle,
    close,
    onKeyDown,
  };
}
