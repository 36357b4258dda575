import { Dialog } from '@strapi/design-system';
import { ConfirmDialog } from '@strapi/strapi/admin';
import { useFocusBack } from '../../hooks/useFocusBack';
import { useText } from '../../hooks/useText';

interface DeleteDialogProps {
  /** Names of what is about to go; closed when empty. */
  names: readonly string[];
  onClose: () => void;
  onConfirm: () => Promise<void>;
}

/** Asks before webhooks are deleted, and says what becomes of what waits. */
export function DeleteDialog({ names, onClose, onConfirm }: DeleteDialogProps) {
  useFocusBack(names.length > 0);
  const { t } = useText();
  return (
    <Dialog.Root open={names.length > 0} onOpenChange={(open) => !open && onClose()}>
      <ConfirmDialog
        variant="danger-light"
        title={t('delete.title', { count: names.length })}
        onConfirm={onConfirm}
      >
        {t('delete.body', { name: names[0] ?? '', count: names.length })}
      </ConfirmDialog>
    </Dialog.Root>
  );
}
