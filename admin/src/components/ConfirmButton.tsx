import { cloneElement, useState, type MouseEvent, type ReactElement, type ReactNode } from 'react';
import { Dialog } from '@strapi/design-system';
import { ConfirmDialog } from '@strapi/strapi/admin';

interface ConfirmButtonProps {
  /** The button that asks first. */
  trigger: ReactElement<{ onClick?: (event: MouseEvent) => void }>;
  title: string;
  children: ReactNode;
  onConfirm: () => Promise<void> | void;
}

/** A button whose deed cannot be undone. */
export function ConfirmButton({ trigger, title, children, onConfirm }: ConfirmButtonProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      {cloneElement(trigger, { onClick: () => setOpen(true) })}
      <Dialog.Root open={open} onOpenChange={setOpen}>
        <ConfirmDialog
          title={title}
          variant="danger-light"
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
