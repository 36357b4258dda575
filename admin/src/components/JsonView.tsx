import { Box, Button, Flex, JSONInput } from '@strapi/design-system';
import { Duplicate } from '@strapi/icons';
import { useEffect, useRef, useState } from 'react';
import { styled } from 'styled-components';
import { useCopy } from '../hooks/useCopy';
import { useText } from '../hooks/useText';

interface JsonViewProps {
  /** JSON text, shown as it is. */
  value: string;
  /** What it is, for those who cannot see it. */
  label: string;
  /** What is copied, where that is not what is shown (the exact bytes of a body). */
  copied?: string;
  /** CSS height beyond which it scrolls. */
  maxHeight?: string;
}

/** Dark in both themes, as the design system's own viewer is; with a button that copies it. */
export function JsonView({ value, label, copied = value, maxHeight = '36rem' }: JsonViewProps) {
  const { t } = useText();
  const copy = useCopy();
  const [isCopied, setIsCopied] = useState(false);
  const frame = useRef<HTMLDivElement>(null);

  // The viewer has no name of its own, and who has no mouse could not scroll it. It is made after this is rendered.
  useEffect(() => {
    const name = () => {
      frame.current?.querySelector('.cm-content')?.setAttribute('aria-label', label);
      frame.current?.querySelector('.cm-scroller')?.setAttribute('tabindex', '0');
    };
    name();
    const observer = new MutationObserver(name);
    if (frame.current) observer.observe(frame.current, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, [label]);

  return (
    <Frame ref={frame} $maxHeight={maxHeight} role="group" aria-label={label}>
      <Bar justifyContent="flex-end">
        <CopyCorner
          size="S"
          startIcon={<Duplicate aria-hidden />}
          onClick={async () => setIsCopied(await copy(copied))}
          onBlur={() => setIsCopied(false)}
        >
          {isCopied ? t('copy.done') : t('copy.copy')}
        </CopyCorner>
      </Bar>
      <JSONInput value={value} disabled />
    </Frame>
  );
}

const Frame = styled(Box)<{ $maxHeight: string }>`
  min-width: 0;
  overflow: hidden;
  border-radius: ${({ theme }) => theme.borderRadius};

  /* The viewer reads like an editor that is switched off; here it is text to be read and selected. */
  .cm-editor {
    /* A shade darker than the design system has it: its red and grey are too faint on that. */
    background-color: #181826 !important;
    cursor: text;
    max-height: ${({ $maxHeight }) => $maxHeight};
    font-size: ${({ theme }) => theme.fontSizes[1]};
  }
  /* The bar above and the text are one. */
  & > :last-child,
  & > :last-child > * {
    border: 0;
    border-radius: 0;
  }
  .cm-scroller:focus-visible {
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

/** Above the text, not on it: in a narrow panel the button would lie over the ends of the first lines. */
const Bar = styled(Flex)`
  padding: 0.8rem 0.8rem 0.4rem;
  background: #181826;
`;

const CopyCorner = styled(Button)`
  /* The viewer is dark in both themes, and so is what stands on it. */
  &,
  &:hover,
  &:active {
    border-color: transparent;
    background: color-mix(in srgb, ${({ theme }) => theme.colors.buttonNeutral0} 20%, #181826);
  }
`;
