import type { ReactNode } from 'react';
import { Checkbox, Flex, TextButton, Typography } from '@strapi/design-system';
import { ChevronDown, ChevronRight } from '@strapi/icons';
import { styled } from 'styled-components';
import { useText } from '../../text/useText';
import type { TreeRow } from '../tree/rows';
import { LimitField } from './LimitField';
import { useTypeName } from './useTypeName';

interface TreeLineProps {
  row: TreeRow;
  /** The one line that Tab leads to. */
  isTabStop: boolean;
  maxRelated: number;
  disabled: boolean;
  onFocus: () => void;
  onToggle: () => void;
  onToggleOpen: (() => void) | undefined;
  onLimit: (limit: number | undefined) => void;
}

const ticks = { checked: true, unchecked: false, mixed: 'indeterminate' } as const;

/** One line of the tree: what it is, whether it is ticked, and what can be told of it. */
export function TreeLine(props: TreeLineProps) {
  const { row, isTabStop, disabled, onFocus, onToggle, onToggleOpen } = props;
  const { t } = useText();
  const isTicked = row.kind === 'gone' || (row.kind !== 'too_deep' && ticks[row.tick]);
  const level = row.labels.length - (row.kind === 'all' ? 0 : 1);
  const label = row.kind === 'all' ? t('fields.all') : (row.labels.at(-1) ?? '');
  const path = [...row.labels.slice(0, level), label].join(' → ');
  const canFold = row.kind === 'part' || row.kind === 'component';
  const Chevron = canFold && row.isOpen ? ChevronDown : ChevronRight;
  return (
    <Line data-line={row.key} $level={level} onFocus={onFocus}>
      <Fold>
        {canFold && (
          <FoldButton
            type="button"
            // Arrows do the same on the line itself.
            tabIndex={-1}
            aria-expanded={row.isOpen}
            aria-label={t(row.isOpen ? 'fields.fold' : 'fields.unfold', { name: path })}
            disabled={!onToggleOpen}
            onClick={onToggleOpen}
          >
            <Chevron aria-hidden width="1.2rem" height="1.2rem" />
          </FoldButton>
        )}
      </Fold>
      <Name>
        <Checkbox
          data-tick
          aria-label={path}
          tabIndex={isTabStop ? 0 : -1}
          checked={isTicked}
          disabled={disabled || row.kind === 'too_deep' || row.kind === 'gone'}
          onCheckedChange={onToggle}
        >
          <Typography
            textColor={row.kind === 'all' || row.kind === 'too_deep' ? 'neutral600' : 'neutral800'}
            style={{ overflowWrap: 'anywhere' }}
          >
            {label}
          </Typography>
        </Checkbox>
      </Name>
      <About {...props} />
    </Line>
  );
}

/** What stands at the end of a line: its type or count, how many are sent, or that it is gone. */
function About({ row, maxRelated, disabled, onToggle, onLimit }: TreeLineProps) {
  const { t } = useText();
  const typeName = useTypeName();
  switch (row.kind) {
    case 'all':
      return null;
    case 'field':
      return <Aside>{typeName(row.attribute)}</Aside>;
    case 'too_deep':
      return <Aside>{t('fields.too_deep')}</Aside>;
    case 'component':
      return <Aside>{t('fields.part_count', { ...row.count })}</Aside>;
    case 'gone':
      return (
        <Flex gap={3} wrap="wrap" justifyContent="flex-end">
          <Typography variant="pi" textColor="danger600">
            {t('fields.gone')}
          </Typography>
          {!disabled && (
            <TextButton aria-label={t('fields.remove_gone', { name: row.gone.name })} onClick={onToggle}>
              {t('fields.remove')}
            </TextButton>
          )}
        </Flex>
      );
    case 'part': {
      const isSent = row.tick !== 'unchecked';
      const isIdsOnly = isSent && row.count.ticked === 0;
      return (
        <Flex gap={2} wrap="wrap" justifyContent="flex-end">
          <Aside>
            {typeName(row.attribute)}
            {` · ${isIdsOnly ? t('fields.ids_only') : t('fields.part_count', { ...row.count })}`}
          </Aside>
          {isSent && row.attribute.limited === true && (
            <LimitField
              name={row.labels.join(' → ')}
              value={row.limit}
              most={maxRelated}
              disabled={disabled}
              onChange={onLimit}
            />
          )}
        </Flex>
      );
    }
  }
}

function Aside({ children }: { children: ReactNode }) {
  return (
    <Typography variant="pi" textColor="neutral600" textAlign="right">
      {children}
    </Typography>
  );
}

const Line = styled.li<{ $level: number }>`
  display: grid;
  grid-template-columns: 2rem minmax(12rem, 1fr) auto;
  gap: 0.4rem 0.8rem;
  align-items: center;
  min-height: 3.2rem;
  padding: 0.2rem 0.8rem 0.2rem calc(${({ $level }) => $level} * 2rem);
  border-radius: ${({ theme }) => theme.borderRadius};

  &:hover {
    background: ${({ theme }) => theme.colors.neutral100};
  }
`;

const Fold = styled.span`
  display: flex;
`;

const FoldButton = styled.button`
  display: flex;
  padding: 0.4rem;
  border-radius: ${({ theme }) => theme.borderRadius};
  cursor: pointer;

  & path {
    fill: ${({ theme }) => theme.colors.neutral600};
  }
  &:disabled {
    cursor: default;
  }
`;

const Name = styled.div`
  min-width: 0;
`;
