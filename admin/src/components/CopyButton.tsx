import { useEffect, useState } from 'react';
import { Button, TextButton } from '@strapi/design-system';
import { Check, Duplicate } from '@strapi/icons';
import { useCopy } from '../hooks/useCopy';
import { useText } from '../hooks/useText';

// Long enough to be read, short enough not to be taken for a state.
const praiseMs = 2000;

interface CopyButtonProps {
  /** What goes to the clipboard. */
  value: string;
  /** Defaults to "Copy". */
  label?: string;
  look?: 'text' | 'button';
}

/** Copies a text and says "Copied" for a moment. */
export function CopyButton({ value, label, look = 'text' }: CopyButtonProps) {
  const { t } = useText();
  const copy = useCopy();
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), praiseMs);
    return () => clearTimeout(timer);
  }, [copied]);

  const words = copied ? t('copy.done') : (label ?? t('copy.copy'));
  const icon = copied ? <Check aria-hidden /> : <Duplicate aria-hidden />;
  const onClick = async () => setCopied(await copy(value));

  if (look === 'button') {
    return (
      <Button variant="tertiary" startIcon={icon} onClick={onClick} disabled={value === ''}>
        {words}
      </Button>
    );
  }
  return (
    <TextButton startIcon={icon} onClick={onClick} disabled={value === ''}>
      {words}
    </TextButton>
  );
}
