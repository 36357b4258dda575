import type { ReactNode, RefObject } from 'react';
import { Button, Flex, Modal } from '@strapi/design-system';
import { useText } from '../../text/useText';
import { useFocusBack } from './useFocusBack';

interface DialogFrameProps {
  title: string;
  children: ReactNode;
  onClose: () => void;
  /** The way out; "Cancel" by default. */
  close?: string;
  /** What can be done, the usual one last. */
  actions?: ReactNode;
  /** Has the focus at first, in place of the close button, which would come first. */
  firstFocus?: RefObject<HTMLElement>;
}

/** A dialog that is open as long as it is rendered: a title, what is asked, a way out, and what can be done. */
export function DialogFrame({ title, children, onClose, close, actions, firstFocus }: DialogFrameProps) {
  useFocusBack();
  const { t } = useText();
  const takeFocus = firstFocus && {
    onOpenAutoFocus: (event: Event) => {
      event.preventDefault();
      firstFocus.current?.focus();
    },
  };
  return (
    <Modal.Root open onOpenChange={(open) => !open && onClose()}>
      <Modal.Content aria-describedby={undefined} {...takeFocus}>
        <Modal.Header closeLabel={t('close')}>
          <Modal.Title>{title}</Modal.Title>
        </Modal.Header>
        <Modal.Body>{children}</Modal.Body>
        <Modal.Footer>
          <Button variant="tertiary" onClick={onClose}>
            {close ?? t('cancel')}
          </Button>
          {actions && (
            <Flex gap={2} wrap="wrap">
              {actions}
            </Flex>
          )}
        </Modal.Footer>
      </Modal.Content>
    </Modal.Root>
  );
}
