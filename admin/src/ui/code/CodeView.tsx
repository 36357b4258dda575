import { useEffect, useRef } from 'react';
import { Box, Flex, JSONInput } from '@strapi/design-system';
import { styled } from 'styled-components';
import { codeGround, CopyCorner } from './CopyCorner';

interface CodeViewProps {
  /** Shown unchanged. */
  value: string;
  /** Its accessible name. */
  label: string;
  /** JSON is coloured; source keeps its lines; any other text is wrapped. */
  kind: 'json' | 'source' | 'text';
  /** The copied text, if it differs from the shown one (the exact bytes of a body). */
  copied?: string;
  /** CSS height beyond which it scrolls. */
  maxHeight?: string;
}

/** Text that a machine reads: dark in both themes, with a button that copies it. */
export function CodeView({ value, label, kind, copied = value, maxHeight = '36rem' }: CodeViewProps) {
  const frame = useRef<HTMLDivElement>(null);

  // The viewer of JSON has no accessible name, and cannot be scrolled without a mouse. It is created after this is
  // rendered.
  useEffect(() => {
    if (kind !== 'json') return undefined;
    const name = () => {
      frame.current?.querySelector('.cm-content')?.setAttribute('aria-label', label);
      frame.current?.querySelector('.cm-scroller')?.setAttribute('tabindex', '0');
    };
    name();
    const observer = new MutationObserver(name);
    if (frame.current) observer.observe(frame.current, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, [kind, label]);

  return (
    <Frame ref={frame} $maxHeight={maxHeight} role="group" aria-label={label}>
      <Bar justifyContent="flex-end">
        <CopyCorner value={copied} />
      </Bar>
      {kind === 'json' ? (
        <JSONInput value={value} disabled />
      ) : (
        <Source tabIndex={0} $wraps={kind === 'text'} $maxHeight={maxHeight}>
          <code>{value}</code>
        </Source>
      )}
    </Frame>
  );
}

const Frame = styled(Box)<{ $maxHeight: string }>`
  min-width: 0;
  overflow: hidden;
  background: ${codeGround};
  border-radius: ${({ theme }) => theme.borderRadius};

  /* The viewer reads like an editor that is switched off; here it is text to be read and selected. */
  .cm-editor {
    background-color: ${codeGround} !important;
    cursor: text;
    max-height: ${({ $maxHeight }) => $maxHeight};
    font-size: ${({ theme }) => theme.fontSizes[1]};
  }
  /* The bar above and the text are one. */
  & > :last-child,
  && :is(.cm-editor, .cm-scroller) {
    border: 0;
    border-radius: 0;
  }
  .cm-scroller:focus-visible,
  pre:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary500};
    outline-offset: -2px;
  }
  .cm-gutters {
    background-color: transparent;
    border: 0;
  }
  .cm-activeLine,
  .cm-activeLineGutter {
    background-color: transparent;
  }
  .cm-content {
    padding: 0 0 1.2rem;
  }
`;

/** Above the text, not over it: in a narrow panel the button would cover the ends of the first lines. */
const Bar = styled(Flex)`
  padding: 0.8rem 0.8rem 0.4rem;
  background: ${codeGround};
`;

const Source = styled.pre<{ $wraps: boolean; $maxHeight: string }>`
  max-height: ${({ $maxHeight }) => $maxHeight};
  margin: 0;
  padding: 0 1.6rem 1.2rem;
  overflow: auto;
  background: ${codeGround};
  color: #ffffff;
  font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace;
  font-size: ${({ theme }) => theme.fontSizes[1]};
  line-height: 1.6;
  tab-size: 4;
  ${({ $wraps }) => $wraps && 'white-space: pre-wrap; overflow-wrap: anywhere;'}
`;
