import { useRef, useState, type KeyboardEvent } from 'react';
import { Box } from '@strapi/design-system';
import { styled } from 'styled-components';
import type { FieldTree } from '../../../../contracts';
import { useText } from '../../text/useText';
import {
  toggleAll,
  toggleComponent,
  toggleField,
  togglePart,
  withLimit,
  withoutGone,
  type Edited,
} from '../tree/changes';
import type { TreeRow } from '../tree/rows';
import { TreeLine } from './TreeLine';

interface TreeLinesProps {
  edited: Edited;
  rows: readonly TreeRow[];
  maxRelated: number;
  disabled: boolean;
  onChange: (tree: FieldTree) => void;
  /** Undefined: nothing can be folded now. */
  onToggleOpen: ((key: string) => void) | undefined;
}

/** The lines of the tree. One of them can be reached with Tab; arrows go from line to line, fold and unfold. */
export function TreeLines({ edited, rows, maxRelated, disabled, onChange, onToggleOpen }: TreeLinesProps) {
  const { t } = useText();
  const list = useRef<HTMLUListElement>(null);
  const [active, setActive] = useState('');
  const tabStop = rows.some(({ key }) => key === active) ? active : rows[0]?.key;

  const toggle = (row: TreeRow) => {
    if (row.kind === 'all') onChange(toggleAll(edited, row.place));
    if (row.kind === 'field') onChange(toggleField(edited, row.place, row.attribute.name));
    if (row.kind === 'part') onChange(togglePart(edited, row.place, row.attribute));
    if (row.kind === 'component') {
      onChange(toggleComponent(edited, row.place, row.zone, row.model.uid));
    }
    if (row.kind === 'gone') onChange(withoutGone(edited.tree, row.place, row.gone));
  };
  const focus = (index: number) => {
    const row = rows[index];
    if (!row) return;
    setActive(row.key);
    list.current?.querySelectorAll<HTMLElement>('[data-line] [data-tick]')[index]?.focus();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const line = event.target instanceof Element && event.target.closest<HTMLElement>('[data-tick]');
    if (!line) return;
    const index = rows.findIndex(({ key }) => key === line.closest('[data-line]')?.getAttribute('data-line'));
    const row = rows[index];
    const isOpen = row && 'isOpen' in row ? row.isOpen : null;
    const above = rows.findLastIndex(
      ({ labels }, at) => at < index && row !== undefined && labels.length < row.labels.length,
    );
    const moves: Record<string, () => void> = {
      ArrowDown: () => focus(index + 1),
      ArrowUp: () => focus(index - 1),
      Home: () => focus(0),
      End: () => focus(rows.length - 1),
      ArrowRight: () => (isOpen === false && row ? onToggleOpen?.(row.key) : isOpen && focus(index + 1)),
      ArrowLeft: () => (isOpen && row && onToggleOpen ? onToggleOpen(row.key) : focus(above)),
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    move();
  };
  return (
    <Box maxHeight="56rem" overflow="auto" position="relative">
      <Lines ref={list} aria-label={t('fields.title')} onKeyDown={onKeyDown}>
        {rows.map((row) => (
          <TreeLine
            key={row.key}
            row={row}
            isTabStop={row.key === tabStop}
            maxRelated={maxRelated}
            disabled={disabled}
            onFocus={() => setActive(row.key)}
            onToggle={() => toggle(row)}
            onToggleOpen={onToggleOpen && (() => onToggleOpen(row.key))}
            onLimit={(limit) =>
              row.kind === 'part' && onChange(withLimit(edited.tree, row.place, row.attribute.name, limit))
            }
          />
        ))}
      </Lines>
    </Box>
  );
}

const Lines = styled.ul`
  padding: 0.2rem;
`;
