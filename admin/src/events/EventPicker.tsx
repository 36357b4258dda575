import { useId, useRef } from 'react';
import { Box, Flex, Popover, useField } from '@strapi/design-system';
import { CaretDown } from '@strapi/icons';
import { styled } from 'styled-components';
import type { EventTypeView } from '../../../contracts';
import { useText } from '../text/useText';
import { RemovableTag } from '../ui/RemovableTag';
import { EventOptions, optionId } from './picker/EventOptions';
import { useEventPicker } from './picker/useEventPicker';
import { useCatalog } from './useCatalog';

interface EventPickerProps {
  catalog: readonly EventTypeView[];
  value: readonly string[];
  onChange: (value: string[]) => void;
  disabled?: boolean;
}

/**
 * A searchable field for several events, grouped; chosen ones are shown in it as tags. Belongs in a
 * `Field.Root`.
 */
export function EventPicker({ catalog, value, onChange, disabled = false }: EventPickerProps) {
  const { t } = useText();
  const { nameOf } = useCatalog();
  const { id, error, required } = useField('EventPicker');
  const picker = useEventPicker({ catalog, value, onChange });
  const listId = useId();
  const frame = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);

  const open = () => {
    if (disabled) return;
    input.current?.focus();
    picker.setOpen(true);
  };

  return (
    <Popover.Root open={picker.isOpen} onOpenChange={(isOpen) => !isOpen && picker.close()}>
      <Popover.Anchor asChild>
        <Frame ref={frame} $hasError={Boolean(error)} $disabled={disabled} onClick={open}>
          {value.map((event) => (
            <RemovableTag
              key={event}
              label={t('form.event.remove', { name: nameOf(event) })}
              disabled={disabled}
              onClick={(click) => {
                click.stopPropagation();
                onChange(value.filter((other) => other !== event));
              }}
            >
              {nameOf(event)}
            </RemovableTag>
          ))}
          <Input
            ref={input}
            id={id}
            role="combobox"
            autoComplete="off"
            aria-expanded={picker.isOpen}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={picker.isOpen ? optionId(listId, picker.active?.value) : undefined}
            aria-invalid={Boolean(error)}
            aria-required={required}
            aria-describedby={error ? `${id}-error` : `${id}-hint`}
            disabled={disabled}
            placeholder={t(value.length > 0 ? 'form.event.add_another' : 'form.event.placeholder')}
            value={picker.search}
            onChange={(change) => picker.setSearch(change.target.value)}
            onKeyDown={picker.onKeyDown}
          />
          <Flex paddingRight={1} shrink={0}>
            <CaretDown aria-hidden fill="neutral500" width="1.2rem" height="1.2rem" />
          </Flex>
        </Frame>
      </Popover.Anchor>
      <List
        align="start"
        sideOffset={4}
        onOpenAutoFocus={(event) => event.preventDefault()}
        onCloseAutoFocus={(event) => event.preventDefault()}
        onInteractOutside={(event) => {
          const { target } = event;
          if (target instanceof Node && frame.current?.contains(target)) event.preventDefault();
        }}
      >
        <EventOptions
          id={listId}
          groups={picker.groups}
          active={picker.active?.value}
          value={value}
          onPick={(chosen) => {
            picker.toggle(chosen);
            input.current?.focus();
          }}
        />
      </List>
    </Popover.Root>
  );
}

const Frame = styled(Box)<{ $hasError: boolean; $disabled: boolean }>`
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 0.4rem;
  min-height: 4rem;
  padding: 0.3rem 0.8rem 0.3rem 0.4rem;
  cursor: ${({ $disabled }) => ($disabled ? 'not-allowed' : 'text')};
  border-radius: ${({ theme }) => theme.borderRadius};
  border: 1px solid
    ${({ theme, $hasError }) => ($hasError ? theme.colors.danger600 : theme.colors.neutral200)};
  background: ${({ theme, $disabled }) => ($disabled ? theme.colors.neutral150 : theme.colors.neutral0)};

  &:focus-within {
    border-color: ${({ theme, $hasError }) => ($hasError ? theme.colors.danger600 : theme.colors.primary600)};
    box-shadow: 0 0 0 2px
      ${({ theme, $hasError }) => ($hasError ? theme.colors.danger600 : theme.colors.primary600)};
  }
`;

const Input = styled.input`
  flex: 1;
  min-width: 16rem;
  padding: 0.4rem 0.8rem;
  border: 0;
  outline: none;
  background: transparent;
  color: ${({ theme }) => theme.colors.neutral800};
  font-size: ${({ theme }) => theme.fontSizes[2]};

  &::placeholder {
    color: ${({ theme }) => theme.colors.neutral600};
    opacity: 1;
  }
`;

const List = styled(Popover.Content)`
  width: var(--radix-popover-trigger-width);
  max-height: min(36rem, var(--radix-popover-content-available-height));
  overflow-y: auto;
`;
