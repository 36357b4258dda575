import { Fragment, useId, useRef, type ReactNode } from 'react';
import { Box, Flex, Popover, Typography } from '@strapi/design-system';
import { CaretDown, Check } from '@strapi/icons';
import { styled } from 'styled-components';
import { useText } from '../../../text/useText';
import { RemovableTag } from '../../../ui/RemovableTag';
import { usePicker, type PickerChoice } from './usePicker';

export type { PickerChoice } from './usePicker';

interface TagPickerProps {
  /** Its accessible name. */
  label: string;
  choices: readonly PickerChoice[];
  value: readonly string[];
  onChange: (value: string[]) => void;
  /** How a chosen value is shown; by default as the choice is. */
  renderName?: (value: string) => ReactNode;
  isSingle?: boolean;
  isFree?: boolean;
  onSearch?: (text: string) => void;
  disabled?: boolean;
  hasError?: boolean;
  describedBy?: string;
  placeholder?: string;
  /** What is said where nothing is offered. */
  none?: string;
}

/** A searchable field for one value or several; what is chosen stands in it as tags. */
export function TagPicker(props: TagPickerProps) {
  const { label, choices, value, onChange, renderName, isSingle = false, isFree = false, onSearch } = props;
  const { disabled = false, hasError = false, describedBy, placeholder, none } = props;
  const { t } = useText();
  const picker = usePicker({ choices, value, onChange, isSingle, isFree, ...(onSearch && { onSearch }) });
  const listId = useId();
  const frame = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const nameOf = (chosen: string) => choices.find((choice) => choice.value === chosen)?.label ?? chosen;
  const idOf = (chosen: string) => `${listId}-${chosen}`;

  return (
    <Popover.Root open={picker.isOpen} onOpenChange={(isOpen) => !isOpen && picker.close()}>
      <Popover.Anchor asChild>
        <Frame
          ref={frame}
          $hasError={hasError}
          $disabled={disabled}
          onClick={() => {
            if (disabled) return;
            input.current?.focus();
            picker.open();
          }}
        >
          {value.map((chosen) => (
            <RemovableTag
              key={chosen}
              label={t('only_when.value.remove', { name: nameOf(chosen) })}
              disabled={disabled}
              onClick={(click) => {
                click.stopPropagation();
                onChange(value.filter((other) => other !== chosen));
              }}
            >
              {renderName ? renderName(chosen) : nameOf(chosen)}
            </RemovableTag>
          ))}
          <Input
            ref={input}
            role="combobox"
            autoComplete="off"
            aria-label={label}
            aria-expanded={picker.isOpen}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={picker.isOpen && picker.active ? idOf(picker.active.value) : undefined}
            aria-invalid={hasError}
            aria-describedby={describedBy}
            disabled={disabled}
            placeholder={value.length > 0 ? undefined : placeholder}
            value={picker.search}
            onChange={(change) => picker.setSearch(change.target.value)}
            onKeyDown={picker.onKeyDown}
            onBlur={(event) => {
              // Not where the list was clicked: that has not chosen yet.
              if (!document.getElementById(listId)?.contains(event.relatedTarget)) picker.close();
            }}
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
        <Box
          id={listId}
          padding={1}
          role="listbox"
          aria-label={label}
          aria-multiselectable={!isSingle}
          // Before the field loses the focus, which would close the list.
          onMouseDown={(event) => event.preventDefault()}
        >
          {picker.offered.length === 0 && (
            <Box padding={3} role="option" aria-disabled aria-selected={false}>
              <Typography textColor="neutral600">
                {none ?? t(isFree ? 'only_when.value.type_one' : 'choose.none')}
              </Typography>
            </Box>
          )}
          {picker.offered.map(({ value: offered, label: name, group }, index) => (
            <Fragment key={offered}>
              {group && group !== picker.offered[index - 1]?.group && (
                <Box paddingTop={2} paddingBottom={1} paddingLeft={3} role="presentation">
                  <Typography variant="sigma" textColor="neutral600">
                    {group}
                  </Typography>
                </Box>
              )}
              <Option
                id={idOf(offered)}
                role="option"
                aria-selected={value.includes(offered)}
                $active={offered === picker.active?.value}
                onClick={() => picker.toggle(offered)}
              >
                <Flex width="1.6rem" shrink={0}>
                  {value.includes(offered) && <Check aria-hidden width="1.2rem" fill="primary600" />}
                </Flex>
                <Typography overflow="hidden" style={{ overflowWrap: 'anywhere' }}>
                  {name}
                </Typography>
              </Option>
            </Fragment>
          ))}
        </Box>
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
  min-width: 6rem;
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
  max-height: min(32rem, var(--radix-popover-content-available-height));
  overflow-y: auto;
`;

const Option = styled.div<{ $active: boolean }>`
  display: flex;
  align-items: center;
  gap: 0.8rem;
  padding: 0.8rem 1.2rem;
  cursor: pointer;
  border-radius: ${({ theme }) => theme.borderRadius};
  background: ${({ theme, $active }) => ($active ? theme.colors.primary100 : 'transparent')};

  &:hover {
    background: ${({ theme }) => theme.colors.primary100};
  }
`;
