import { useState, type ReactNode } from 'react';
import { Button, Dialog } from '@strapi/design-system';
import { ConfirmDialog } from '@strapi/strapi/admin';
import { useText } from '../../text/useText';

export interface ConfirmProps {
  title: string;
  children: ReactNode;
  /** What is done, as a verb. "Confirm" beside "Cancel" would not say which of them cancels a delivery. */
  confirm: string;
  /** Leaves it as it is; "Cancel" by default. */
  keep?: string;
  onConfirm: () => Promise<void> | void;
  /** Red for destructive actions. */
  variant?: 'danger-light' | 'default';
}

/** Asks before something is done, each button with the words of what it does. Stands in a `Dialog.Root`. */
export function Confirm({
  title,
  children,
  confirm,
  keep,
  onConfirm,
  variant = 'danger-light',
}: ConfirmProps) {
  const { t } = useText();
  const [isBusy, setBusy] = useState(false);
  const act = async () => {
    setBusy(true);
    try {
      await onConfirm();
    } finally {
      setBusy(false);
    }
  };
  return (
    <ConfirmDialog
      title={title}
      startAction={
        <Dialog.Cancel>
          <Button fullWidth variant="tertiary">
            {keep ?? t('cancel')}
          </Button>
        </Dialog.Cancel>
      }
      endAction={
        <Button fullWidth variant={variant} loading={isBusy} onClick={act}>
          {confirm}
        </Button>
      }
    >
      {children}
    </ConfirmDialog>
  );
}
