import { cloneElement, useState, type MouseEvent, type ReactElement, type ReactNode } from 'react';
import { Dialog } from '@strapi/design-system';
import { Confirm, type ConfirmProps } from './Confirm';
import { useFocusBack } from './useFocusBack';

interface ConfirmButtonProps extends Omit<ConfirmProps, 'onConfirm'> {
  /** The button that opens the confirmation. */
  trigger: ReactElement<{ onClick?: (event: MouseEvent) => void }>;
  children: ReactNode;
  onConfirm: () => Promise<void> | void;
}

/** A button for an action that cannot be undone. */
export function ConfirmButton({ trigger, onConfirm, ...words }: ConfirmButtonProps) {
  const [open, setOpen] = useState(false);
  useFocusBack(open);
  return (
    <>
      {cloneElement(trigger, { onClick: () => setOpen(true) })}
      <Dialog.Root open={open} onOpenChange={setOpen}>
        <Confirm
          {...words}
          onConfirm={async () => {
            await onConfirm();
            setOpen(false);
          }}
        />
      </Dialog.Root>
    </>
  );
}
