import { Dialog } from '@strapi/design-system';
import { useText } from '../../text/useText';
import { Confirm } from '../../ui/dialog/Confirm';
import { useFocusBack } from '../../ui/dialog/useFocusBack';

interface DeleteDialogProps {
  /** Names of the webhooks to delete; closed if empty. */
  names: readonly string[];
  onClose: () => void;
  onConfirm: () => Promise<void>;
}

/** Asks before webhooks are deleted, and says what happens to their waiting deliveries. */
export function DeleteDialog({ names, onClose, onConfirm }: DeleteDialogProps) {
  useFocusBack(names.length > 0);
  const { t } = useText();
  return (
    <Dialog.Root open={names.length > 0} onOpenChange={(open) => !open && onClose()}>
      <Confirm
        title={t('delete.title', { count: names.length })}
        confirm={t('list.delete')}
        onConfirm={onConfirm}
      >
        {t('delete.body', { name: names[0] ?? '', count: names.length })}
      </Confirm>
    </Dialog.Root>
  );
}
