import { Button } from '@strapi/design-system';
import { Eye, EyeStriked } from '@strapi/icons';
import { useText } from '../../text/useText';

/** Shows the signing secret, or hides it again. */
export function RevealButton({ isRevealed, onTurn }: { isRevealed: boolean; onTurn: () => void }) {
  const { t } = useText();
  return (
    <Button
      variant="tertiary"
      startIcon={isRevealed ? <EyeStriked aria-hidden /> : <Eye aria-hidden />}
      onClick={onTurn}
    >
      {t(isRevealed ? 'form.secret.hide' : 'form.secret.reveal')}
    </Button>
  );
}
