import { useMemo, useState, type KeyboardEvent } from 'react';
import type { EventTypeView } from '../../../../contracts';
import { useText } from '../../text/useText';
import { eventMatches, eventOptionGroups, type EventOption } from '../event-options';
import { optionName } from './option-name';

interface PickerInput {
  catalog: readonly EventTypeView[];
  value: readonly string[];
  onChange: (value: string[]) => void;
}

/** State and keys of the Event field: a combobox with a list of many choices (WAI-ARIA APG, "Combobox"). */
export function useEventPicker({ catalog, value, onChange }: PickerInput) {
  const { t } = useText();
  const [isOpen, setOpen] = useState(false);
  const [search, setSearch] = useState('');
  const [activeIndex, setActiveIndex] = useState(0);

  const groups = useMemo(() => {
    const word = search.trim().toLocaleLowerCase();
    const fits = (option: EventOption) =>
      option.event
        ? eventMatches(option.event, search)
        : `${option.value} ${optionName(option, t)}`.toLocaleLowerCase().includes(word);
    return eventOptionGroups(catalog)
      .map(({ group, options }) => ({ group, options: options.filter(fits) }))
      .filter(({ options }) => options.length > 0);
  }, [catalog, search, t]);

  const options = groups.flatMap((group) => group.options);
  const active = options[Math.min(activeIndex, options.length - 1)];

  const toggle = (chosen: string) => {
    onChange(value.includes(chosen) ? value.filter((other) => other !== chosen) : [...value, chosen]);
    setSearch('');
  };
  const close = () => {
    setOpen(false);
    setSearch('');
  };
  const searchFor = (word: string) => {
    setSearch(word);
    setActiveIndex(0);
    setOpen(true);
  };

  const move = (step: number) => {
    setOpen(true);
    if (options.length > 0) setActiveIndex((activeIndex + step + options.length) % options.length);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'ArrowDown') move(isOpen ? 1 : 0);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Enter') {
      if (isOpen && active) toggle(active.value);
    } else if (event.key === 'Escape' && isOpen) {
      // The surrounding dialog or page uses Escape itself.
      event.stopPropagation();
      close();
    } else if (event.key === 'Backspace' && search === '' && value.length > 0) onChange(value.slice(0, -1));
    else return;
    event.preventDefault();
  };

  return { groups, active, isOpen, setOpen, search, setSearch: searchFor, toggle, close, onKeyDown };
}
