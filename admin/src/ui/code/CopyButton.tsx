import { Button, TextButton } from '@strapi/design-system';
import { Check, Duplicate } from '@strapi/icons';
import { useText } from '../../text/useText';
import { useCopied } from './useCopied';

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
  const { copied, copy } = useCopied(value);
  const words = copied ? t('copy.done') : (label ?? t('copy.copy'));
  const icon = copied ? <Check aria-hidden /> : <Duplicate aria-hidden />;

  if (look === 'button') {
    return (
      <Button variant="tertiary" startIcon={icon} onClick={copy} disabled={value === ''}>
        {words}
      </Button>
    );
  }
  return (
    <TextButton startIcon={icon} onClick={copy} disabled={value === ''}>
      {words}
    </TextButton>
  );
}
