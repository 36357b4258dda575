import { useEffect, useState } from 'react';
import { Flex, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import { useText } from '../../text/useText';

interface LimitFieldProps {
  /** Of the relation. */
  name: string;
  /** Undefined: as many as by default. */
  value: number | undefined;
  /** So many are sent without a limit, and never more. */
  most: number;
  disabled: boolean;
  onChange: (limit: number | undefined) => void;
}

/** How many entries of a relation to many are sent. */
export function LimitField({ name, value, most, disabled, onChange }: LimitFieldProps) {
  const { t } = useText();
  const [typed, setTyped] = useState(value === undefined ? '' : String(value));
  useEffect(() => setTyped(value === undefined ? '' : String(value)), [value]);

  // What cannot be is not taken; leaving the field shows what holds.
  const type = (text: string) => {
    setTyped(text);
    const number = Number(text);
    if (text.trim() === '') onChange(undefined);
    else if (Number.isInteger(number) && number >= 1 && number <= most) onChange(number);
  };
  return (
    <Flex gap={2}>
      <Typography variant="pi" textColor="neutral600">
        {t('fields.limit.before')}
      </Typography>
      <Input
        type="number"
        inputMode="numeric"
        min={1}
        max={most}
        aria-label={t('fields.limit', { name })}
        placeholder={String(most)}
        value={typed}
        disabled={disabled}
        onChange={(event) => type(event.target.value)}
        onBlur={() => setTyped(value === undefined ? '' : String(value))}
        onKeyDown={(event) => {
          // It stands in a form, which Enter must not submit.
          if (event.key === 'Enter') event.preventDefault();
        }}
      />
    </Flex>
  );
}

const Input = styled.input`
  width: 6.4rem;
  padding: 0.3rem 0.6rem;
  border: 1px solid ${({ theme }) => theme.colors.neutral200};
  border-radius: ${({ theme }) => theme.borderRadius};
  background: ${({ theme }) => theme.colors.neutral0};
  color: ${({ theme }) => theme.colors.neutral800};
  font-size: ${({ theme }) => theme.fontSizes[1]};

  &:focus-visible {
    border-color: ${({ theme }) => theme.colors.primary600};
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: -1px;
  }
  &::placeholder {
    color: ${({ theme }) => theme.colors.neutral500};
  }
`;
