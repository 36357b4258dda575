import { useEffect, useRef } from 'react';
import { Box, Flex, Typography } from '@strapi/design-system';
import { Check } from '@strapi/icons';
import { styled } from 'styled-components';
import { useText } from '../../text/useText';
import { Mono } from '../../ui/Mono';
import type { EventOptionGroup } from '../event-options';
import { optionName } from './option-name';

/** The DOM id of one option; `*` and `.` are allowed in ids, and the list's own id keeps them apart. */
export const optionId = (listId: string, value: string | undefined): string | undefined =>
  value === undefined ? undefined : `${listId}-${value}`;

interface EventOptionsProps {
  id: string;
  groups: readonly EventOptionGroup[];
  /** The option selected with the arrow keys. */
  active: string | undefined;
  value: readonly string[];
  onPick: (value: string) => void;
}

/** The list of the Event field. */
export function EventOptions({ id, groups, active, value, onPick }: EventOptionsProps) {
  const { t } = useText();
  const list = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const activeId = optionId(id, active);
    if (activeId) document.getElementById(activeId)?.scrollIntoView({ block: 'nearest' });
  }, [id, active]);

  if (groups.length === 0) {
    return (
      <Box padding={4} id={id} role="listbox">
        <Typography textColor="neutral600">{t('event.none_found')}</Typography>
      </Box>
    );
  }
  return (
    <Box
      ref={list}
      padding={1}
      id={id}
      role="listbox"
      aria-multiselectable
      aria-label={t('form.event.label')}
    >
      {groups.map(({ group, options }) => (
        <div key={group} role="group" aria-labelledby={`${id}-${group}`}>
          <Box paddingTop={2} paddingBottom={1} paddingLeft={3} id={`${id}-${group}`}>
            <Typography variant="sigma" textColor="neutral600">
              {t(`event.group.${group}`)}
            </Typography>
          </Box>
          {options.map((option) => (
            <Option
              key={option.value}
              id={optionId(id, option.value)}
              role="option"
              aria-selected={value.includes(option.value)}
              $active={option.value === active}
              // Before the field loses the focus, which would close the list.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onPick(option.value)}
            >
              <Flex width="1.6rem" shrink={0}>
                {value.includes(option.value) && <Check aria-hidden width="1.2rem" fill="primary600" />}
              </Flex>
              <Typography ellipsis fontWeight={option.wildcard ? 'semiBold' : undefined}>
                {optionName(option, t)}
              </Typography>
              <Mono variant="pi" textColor="neutral600" marginLeft="auto">
                {option.value}
              </Mono>
            </Option>
          ))}
        </div>
      ))}
    </Box>
  );
}

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
