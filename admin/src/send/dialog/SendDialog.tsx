import { useEffect, useRef, type ReactNode } from 'react';
import { Button, Flex, Loader } from '@strapi/design-system';
import { useText } from '../../text/useText';
import { DialogFrame } from '../../ui/dialog/DialogFrame';
import { useCloseElsewhere } from '../../ui/dialog/useCloseElsewhere';

export interface SendButton {
  label: string;
  icon?: ReactNode;
  variant?: 'default' | 'secondary';
  isDisabled?: boolean;
  onPress: () => void;
}

interface SendDialogProps {
  title: string;
  onClose: () => void;
  /** What is to be sent, or what came of it. */
  children: ReactNode;
  /** Above everything, also while it is sent. */
  above?: ReactNode;
  /** What is told while the choices are loaded, and while it is sent. */
  sending: string;
  isLoading: boolean;
  isSending: boolean;
  /** The next step. */
  button: SendButton;
  /** The next step has the focus at first; otherwise what comes first. */
  isButtonFirst?: boolean;
  /** Beside the next step. */
  others?: ReactNode;
}

/** The dialog in which something is sent by hand: choices, then what came of it, and the next step. */
export function SendDialog({
  title,
  onClose,
  children,
  above,
  sending,
  isLoading,
  isSending,
  button,
  isButtonFirst = false,
  others,
}: SendDialogProps) {
  useCloseElsewhere(onClose);
  const { t } = useText();
  const next = useRef<HTMLButtonElement>(null);

  // A loading button cannot keep the focus; it gets it back with the response.
  useEffect(() => {
    if (!isSending) next.current?.focus();
  }, [isSending]);

  return (
    <DialogFrame
      title={title}
      close={t('close')}
      onClose={onClose}
      firstFocus={isButtonFirst ? next : undefined}
      actions={
        <>
          {others}
          <Button
            ref={next}
            variant={button.variant}
            startIcon={button.icon}
            loading={isSending}
            disabled={button.isDisabled}
            onClick={button.onPress}
          >
            {button.label}
          </Button>
        </>
      }
    >
      <Flex direction="column" alignItems="stretch" gap={5}>
        {above}
        <div aria-live="polite">
          {isLoading || isSending ? (
            <Flex justifyContent="center" padding={10}>
              <Loader>{sending}</Loader>
            </Flex>
          ) : (
            children
          )}
        </div>
      </Flex>
    </DialogFrame>
  );
}
