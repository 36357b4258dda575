import { useState } from 'react';
import { Box, Button } from '@strapi/design-system';
import { Duplicate } from '@strapi/icons';
import { styled } from 'styled-components';
import { useCopy } from '../hooks/useCopy';
import { useText } from '../hooks/useText';

/** Source text, dark in both themes as JSON is, with a button that copies it. */
export function CodeView({ value, label }: { value: string; label: string }) {
  const { t } = useText();
  const copy = useCopy();
  const [isCopied, setIsCopied] = useState(false);
  return (
    <Box position="relative" role="group" aria-label={label}>
      <Source tabIndex={0}>
        <code>{value}</code>
      </Source>
      <CopyCorner
        size="S"
        startIcon={<Duplicate aria-hidden />}
        onClick={async () => setIsCopied(await copy(value))}
        onBlur={() => setIsCopied(false)}
      >
        {isCopied ? t('copy.done') : t('copy.copy')}
      </CopyCorner>
    </Box>
  );
}

// The colours of the design system's own viewer of JSON.
const Source = styled.pre`
  max-height: 60rem;
  margin: 0;
  padding: 1.6rem;
  overflow: auto;
  border-radius: ${({ theme }) => theme.borderRadius};
  background: #181826;
  color: #ffffff;
  font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace;
  font-size: ${({ theme }) => theme.fontSizes[1]};
  line-height: 1.6;
  tab-size: 4;
`;

const CopyCorner = styled(Button)`
  position: absolute;
  top: 0.8rem;
  right: 1.6rem;

  &,
  &:hover,
  &:active {
    border-color: transparent;
    background: color-mix(in srgb, ${({ theme }) => theme.colors.buttonNeutral0} 20%, #181826);
  }
`;
