import { useState } from 'react';
import { Button, Dialog, Field, Flex, NumberInput, Typography } from '@strapi/design-system';
import { rotateInput } from '../../../../contracts';
import { useOutcome } from '../../api/useOutcome';
import { useText } from '../../text/useText';
import { useFocusBack } from '../../ui/dialog/useFocusBack';
import { useRotateSecret } from '../api';

const defaultOverlapHours = 24;

interface RotateDialogProps {
  id: number;
  onClose: () => void;
  onRotated: () => void;
}

/** A new signing secret; the previous one stays valid for as long as the receiver needs to switch. */
export function RotateDialog({ id, onClose, onRotated }: RotateDialogProps) {
  useFocusBack();
  const { t } = useText();
  const tell = useOutcome();
  const [overlapHours, setOverlapHours] = useState<number | undefined>(defaultOverlapHours);
  const [rotate, { isLoading }] = useRotateSecret();
  const isValid = rotateInput.safeParse({ overlapHours }).success && overlapHours !== undefined;

  const confirm = async () => {
    if (!tell(await rotate({ id, overlapHours }), t('form.secret.rotated'))) return;
    onRotated();
    onClose();
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Content>
        <Dialog.Header>{t('form.secret.rotate')}</Dialog.Header>
        <Dialog.Body>
          <Flex direction="column" alignItems="stretch" gap={4} width="100%">
            <Typography tag="p">{t('form.secret.rotate_explained')}</Typography>
            <Field.Root
              name="overlapHours"
              hint={t('form.secret.overlap_hint')}
              error={isValid ? undefined : t('problem.between', { min: 0, max: 168 })}
            >
              <Field.Label>{t('form.secret.overlap')}</Field.Label>
              <NumberInput
                value={overlapHours}
                onValueChange={setOverlapHours}
                onKeyDown={(event) => {
                  if (event.key !== 'Enter' || !isValid || isLoading) return;
                  // The form of the webhook stands around this dialog: it is not meant.
                  event.preventDefault();
                  void confirm();
                }}
              />
              <Field.Error />
              <Field.Hint />
            </Field.Root>
          </Flex>
        </Dialog.Body>
        <Dialog.Footer>
          <Dialog.Cancel>
            <Button fullWidth variant="tertiary">
              {t('cancel')}
            </Button>
          </Dialog.Cancel>
          <Button fullWidth loading={isLoading} disabled={!isValid} onClick={confirm}>
            {t('form.secret.rotate')}
          </Button>
        </Dialog.Footer>
      </Dialog.Content>
    </Dialog.Root>
  );
}
