import { Box, Button, JSONInput } from '@strapi/design-system';
import { Duplicate } from '@strapi/icons';
import { useState } from 'react';
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
  return (
    <Frame $maxHeight={maxHeight} role="group" aria-label={label}>
      <JSONInput value={value} disabled />
      <CopyCorner
        size="S"
        startIcon={<Duplicate aria-hidden />}
        onClick={async () => setIsCopied(await copy(copied))}
        onBlur={() => setIsCopied(false)}
      >
        {isCopied ? t('copy.done') : t('copy.copy')}
      </CopyCorner>
    </Frame>
  );
}

const Frame = styled(Box)<{ $maxHeight: string }>`
  position: relative;
  min-width: 0;

  /* The viewer reads like an editor that is switched off; here it is text to be read and selected. */
  .cm-editor {
    cursor: text;
    max-height: ${({ $maxHeight }) => $maxHeight};
    font-size: ${({ theme }) => theme.fontSizes[1]};
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
    padding: 1.2rem 0;
  }
`;

const CopyCorner = styled(Button)`
  position: absolute;
  top: 0.8rem;
  right: 1.6rem;
  z-index: 1;

  /* The viewer is dark in both themes, and so is what stands on it. */
  &,
  &:hover,
  &:active {
    border-color: transparent;
    background: color-mix(in srgb, ${({ theme }) => theme.colors.buttonNeutral0} 20%, #32324d);
  }
`;
