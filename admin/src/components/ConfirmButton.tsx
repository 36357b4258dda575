import { cloneElement, useState, type MouseEvent, type ReactElement, type ReactNode } from 'react';
import { Dialog } from '@strapi/design-system';
import { ConfirmDialog } from '@strapi/strapi/admin';
import { useFocusBack } from '../hooks/useFocusBack';

interface ConfirmButtonProps {
  /** The button that asks first. */
  trigger: ReactElement<{ onClick?: (event: MouseEvent) => void }>;
  title: string;
  children: ReactNode;
  onConfirm: () => Promise<void> | void;
  /** Red for what destroys. */
  variant?: 'danger-light' | 'default';
}

/** A button whose deed cannot be undone. */
export function ConfirmButton({
  trigger,
  title,
  children,
  onConfirm,
  variant = 'danger-light',
}: ConfirmButtonProps) {
  const [open, setOpen] = useState(false);
  useFocusBack(open);
  return (
    <>
      {cloneElement(trigger, { onClick: () => setOpen(true) })}
      <Dialog.Root open={open} onOpenChange={setOpen}>
        <ConfirmDialog
          title={title}
          variant={variant}
          onConfirm={async () => {
            await onConfirm();
            setOpen(false);
          }}
        >
          {children}
        </ConfirmDialog>
      </Dialog.Root>
    </>
  );
}
