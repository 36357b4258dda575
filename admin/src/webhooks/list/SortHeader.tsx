import { Flex, Th, Typography, type RawTdProps } from '@strapi/design-system';
import { CaretDown, CaretUp } from '@strapi/icons';
import { styled } from 'styled-components';
import { useText } from '../../text/useText';

interface SortHeaderProps extends Omit<RawTdProps, 'children'> {
  label: string;
  /** Null if the table is sorted by another column. */
  direction: 'asc' | 'desc' | null;
  onSort: () => void;
}

const sortNames = { asc: 'ascending', desc: 'descending' } as const;

/** A column header that sorts by it. */
export function SortHeader({ label, direction, onSort, ...cell }: SortHeaderProps) {
  const { t } = useText();
  const Caret = direction === 'desc' ? CaretDown : CaretUp;
  return (
    <Th {...cell} role="columnheader" aria-sort={direction ? sortNames[direction] : undefined}>
      <Sort type="button" onClick={onSort} title={t('list.sort_by', { column: label })}>
        <Flex gap={2}>
          <Typography variant="sigma" textColor="neutral600">
            {label}
          </Typography>
          {direction && <Caret aria-hidden width="0.8rem" height="0.8rem" />}
        </Flex>
      </Sort>
    </Th>
  );
}

const Sort = styled.button`
  padding: 0;
  border: 0;
  background: none;
  cursor: pointer;
  color: ${({ theme }) => theme.colors.neutral600};
`;
