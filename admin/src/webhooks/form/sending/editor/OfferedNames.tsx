import { useLayoutEffect, useRef, useState } from 'react';
import { Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import { useText } from '../../../../text/useText';
import type { Completion } from '../template';
import { numberWidth } from './EditorLines';

interface OfferedNamesProps {
  id: string;
  text: string;
  caret: number;
  completion: Completion;
  active: string | undefined;
  onPick: (name: Completion['offered'][number]) => void;
}

/** The names that can stand at the caret, under it, each with its value in the chosen event. */
export function OfferedNames({ id, text, caret, completion, active, onPick }: OfferedNamesProps) {
  const { t } = useText();
  const mirror = useRef<HTMLDivElement>(null);
  const end = useRef<HTMLSpanElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<{ top: number; left: number } | null>(null);

  useLayoutEffect(() => {
    if (!end.current || !mirror.current) return;
    const { offsetTop, offsetLeft, offsetHeight } = end.current;
    const room = mirror.current.clientWidth - listWidthPx;
    setPlace({ top: offsetTop + offsetHeight + 4, left: Math.max(0, Math.min(offsetLeft, room)) });
  }, [text, caret]);
  useLayoutEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  return (
    <>
      <Mirror ref={mirror} aria-hidden>
        {text.slice(0, completion.start)}
        <span ref={end}>{'\u200b'}</span>
      </Mirror>
      <NameList
        ref={list}
        id={id}
        role="listbox"
        aria-label={t('sending.names')}
        style={place ?? { visibility: 'hidden' }}
        // Before the field loses the focus, which would close the list.
        onMouseDown={(event) => event.preventDefault()}
      >
        {completion.offered.map((name) => (
          <NameLine
            key={name.name}
            id={`${id}-${name.name}`}
            role="option"
            aria-selected={name.name === active}
            $active={name.name === active}
            onClick={() => onPick(name)}
          >
            <code>{name.name}</code>
            <Typography variant="pi" textColor="neutral600" ellipsis>
              {name.shown ?? '…'}
            </Typography>
          </NameLine>
        ))}
      </NameList>
    </>
  );
}

const listWidthPx = 320;

const Mirror = styled.div`
  position: absolute;
  inset: 0;
  padding: 0 1.6rem 1.6rem ${numberWidth};
  visibility: hidden;
  white-space: pre-wrap;
  overflow-wrap: anywhere;
`;

const NameList = styled.div`
  position: absolute;
  z-index: 2;
  width: min(${listWidthPx}px, 100%);
  max-height: 24rem;
  overflow-y: auto;
  padding: 0.4rem;
  background: ${({ theme }) => theme.colors.neutral0};
  border: 1px solid ${({ theme }) => theme.colors.neutral150};
  border-radius: ${({ theme }) => theme.borderRadius};
  box-shadow: ${({ theme }) => theme.shadows.popupShadow};
`;

const NameLine = styled.div<{ $active: boolean }>`
  display: flex;
  justify-content: space-between;
  gap: 1.6rem;
  padding: 0.6rem 1rem;
  cursor: pointer;
  border-radius: ${({ theme }) => theme.borderRadius};
  color: ${({ theme }) => theme.colors.neutral800};
  background: ${({ theme, $active }) => ($active ? theme.colors.primary100 : 'transparent')};

  &:hover {
    background: ${({ theme }) => theme.colors.primary100};
  }
`;
