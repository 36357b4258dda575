import { Button } from '@strapi/design-system';
import { Check, Duplicate } from '@strapi/icons';
import { styled } from 'styled-components';
import { useText } from '../../text/useText';
import { useCopied } from './useCopied';

/** Copies what stands on the dark ground of a code view. */
export function CopyCorner({ value }: { value: string }) {
  const { t } = useText();
  const { copied, copy } = useCopied(value);
  return (
    <OnDark size="S" startIcon={copied ? <Check aria-hidden /> : <Duplicate aria-hidden />} onClick={copy}>
      {copied ? t('copy.done') : t('copy.copy')}
    </OnDark>
  );
}

/** The ground of a code view, dark in both themes: a shade darker than the design system has it, whose red and grey are too faint on that. */
export const codeGround = '#181826';

const OnDark = styled(Button)`
  &,
  &:hover,
  &:active {
    border-color: transparent;
    background: color-mix(in srgb, ${({ theme }) => theme.colors.buttonNeutral0} 20%, ${codeGround});
  }
`;
