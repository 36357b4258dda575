import { useId, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { Box, Flex, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import type { TemplateProblem } from '../../../../../../contracts';
import { useText } from '../../../../text/useText';
import { codeGround } from '../../../../ui/code/CopyCorner';
import {
  completed,
  completionAt,
  inserted,
  type Completion,
  type EditedText,
  type Snippet,
} from '../template';
import { EditorLines, numberWidth } from './EditorLines';
import { OfferedNames } from './OfferedNames';

interface LiquidEditorProps {
  /** Its accessible name. */
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** What the names in it mean. */
  context: unknown;
  problems: readonly TemplateProblem[];
  disabled: boolean;
  describedBy: string;
  /** A text of a few lines, in which only fields are inserted. */
  isMessage?: boolean;
}

const snippets: readonly Snippet[] = ['field', 'secret', 'condition', 'list'];
const snippetsOfMessage: readonly Snippet[] = ['field', 'condition'];

/** A text with Liquid in it, dark in both themes: coloured lines under a field, names offered at the caret. */
export function LiquidEditor(props: LiquidEditorProps) {
  const { label, value, onChange, context, problems, disabled, describedBy, isMessage = false } = props;
  const { t } = useText();
  const field = useRef<HTMLTextAreaElement>(null);
  const listId = useId();
  const [caret, setCaret] = useState<number | null>(null);
  const [activeIndex, setActiveIndex] = useState(0);
  // Where the caret has to stand when the new value has arrived.
  const wanted = useRef<number | null>(null);
  const completion = caret === null || disabled ? null : completionAt({ text: value, caret }, context);
  const active = completion?.offered[Math.min(activeIndex, completion.offered.length - 1)];

  useLayoutEffect(() => {
    if (wanted.current === null || !field.current) return;
    field.current.focus();
    field.current.setSelectionRange(wanted.current, wanted.current);
    wanted.current = null;
  }, [value]);

  const edit = ({ text, caret: next }: EditedText) => {
    wanted.current = next;
    setCaret(next);
    setActiveIndex(0);
    onChange(text);
  };
  const complete = (name: Completion['offered'][number]) => {
    if (completion && caret !== null) edit(completed({ text: value, caret }, completion.start, name));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (!completion) return;
    const count = completion.offered.length;
    if (event.key === 'ArrowDown') setActiveIndex((activeIndex + 1) % count);
    else if (event.key === 'ArrowUp') setActiveIndex((activeIndex - 1 + count) % count);
    else if (event.key === 'Enter' && active) complete(active);
    else if (event.key === 'Escape') {
      event.stopPropagation();
      setCaret(null);
    } else return;
    event.preventDefault();
  };
  const follow = () => {
    const { selectionStart, selectionEnd } = field.current ?? { selectionStart: 0, selectionEnd: 1 };
    setCaret(selectionStart === selectionEnd ? selectionStart : null);
  };
  return (
    <Ground>
      <Flex gap={2} padding={3} wrap="wrap" role="group" aria-label={t('sending.insert')}>
        <Typography variant="pi" textColor="neutral0" style={{ color: '#c0c0cf' }} aria-hidden>
          {t('sending.insert')}
        </Typography>
        {(isMessage ? snippetsOfMessage : snippets).map((snippet) => (
          <InsertButton
            key={snippet}
            type="button"
            disabled={disabled}
            onClick={() =>
              edit(inserted({ text: value, caret: field.current?.selectionStart ?? value.length }, snippet))
            }
          >
            {t(`sending.insert.${snippet}`)}
          </InsertButton>
        ))}
      </Flex>
      <Scroller $isLow={isMessage}>
        <Paper $isLow={isMessage}>
          <EditorLines text={value} problems={problems} />
          <Field
            ref={field}
            aria-label={label}
            aria-describedby={describedBy}
            aria-invalid={problems.some(({ warning }) => !warning)}
            aria-autocomplete="list"
            aria-controls={completion ? listId : undefined}
            aria-activedescendant={completion && active ? `${listId}-${active.name}` : undefined}
            value={value}
            disabled={disabled}
            spellCheck={false}
            autoCapitalize="off"
            autoComplete="off"
            onChange={(event) => {
              setActiveIndex(0);
              setCaret(event.target.selectionStart);
              onChange(event.target.value);
            }}
            onKeyDown={onKeyDown}
            onKeyUp={(event) => {
              if (['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(event.key)) follow();
            }}
            onClick={follow}
            onBlur={() => setCaret(null)}
          />
          {completion && caret !== null && (
            <OfferedNames
              id={listId}
              text={value}
              caret={caret}
              completion={completion}
              active={active?.name}
              onPick={complete}
            />
          )}
        </Paper>
      </Scroller>
    </Ground>
  );
}

const Ground = styled(Box)`
  min-width: 0;
  background: ${codeGround};
  border-radius: ${({ theme }) => theme.borderRadius};

  &:focus-within {
    box-shadow: 0 0 0 2px ${({ theme }) => theme.colors.primary500};
  }
`;

const InsertButton = styled.button`
  padding: 0.5rem 1rem;
  border: 0;
  border-radius: ${({ theme }) => theme.borderRadius};
  background: color-mix(in srgb, #ffffff 16%, ${codeGround});
  color: #ffffff;
  font-weight: 600;
  font-size: ${({ theme }) => theme.fontSizes[1]};
  cursor: pointer;

  &:disabled {
    cursor: not-allowed;
    opacity: 0.6;
  }
  &:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary500};
  }
`;

/* A low one lets the offered names hang out of it. */
const Scroller = styled.div<{ $isLow: boolean }>`
  min-height: ${({ $isLow }) => ($isLow ? '9.6rem' : '16rem')};
  max-height: ${({ $isLow }) => ($isLow ? 'none' : '56rem')};
  overflow-y: ${({ $isLow }) => ($isLow ? 'visible' : 'auto')};
`;

/** The lines give the height; the field lies over them with the same letters in the same places. */
const Paper = styled.div<{ $isLow: boolean }>`
  position: relative;
  min-height: ${({ $isLow }) => ($isLow ? '9.6rem' : '24rem')};
  font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace;
  font-size: ${({ theme }) => theme.fontSizes[1]};
  line-height: 1.6;
`;

const Field = styled.textarea`
  position: absolute;
  inset: 0;
  width: 100%;
  height: 100%;
  padding: 0 1.6rem 1.6rem ${numberWidth};
  overflow: hidden;
  resize: none;
  border: 0;
  outline: none;
  background: transparent;
  color: transparent;
  caret-color: #ffffff;
  font: inherit;
  line-height: inherit;
  letter-spacing: inherit;
  white-space: pre-wrap;
  overflow-wrap: anywhere;

  &::selection {
    background: color-mix(in srgb, ${({ theme }) => theme.colors.primary500} 50%, transparent);
  }
`;
