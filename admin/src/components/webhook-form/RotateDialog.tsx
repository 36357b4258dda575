import { useState } from 'react';
import { Button, Dialog, Field, Flex, NumberInput, Typography } from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';
import { rotateInput } from '../../../../contracts';
import { useFocusBack } from '../../hooks/useFocusBack';
import { useRefusal } from '../../hooks/useRefusal';
import { useText } from '../../hooks/useText';
import { useRotateSecret } from '../../services/webhooks';

const defaultOverlapHours = 24;

interface RotateDialogProps {
  id: number;
  onClose: () => void;
  onRotated: () => void;
}

/** A new signing secret; the old one stays valid for as long as the receiver needs to change over. */
export function RotateDialog({ id, onClose, onRotated }: RotateDialogProps) {
  useFocusBack();
  const { t } = useText();
  const { toggleNotification } = useNotification();
  const showRefusal = useRefusal();
  const [overlapHours, setOverlapHours] = useState<number | undefined>(defaultOverlapHours);
  const [rotate, { isLoading }] = useRotateSecret();
  const isValid = rotateInput.safeParse({ overlapHours }).success && overlapHours !== undefined;

  const confirm = async () => {
    const answer = await rotate({ id, overlapHours });
    if ('error' in answer) {
      showRefusal(answer.error);
      return;
    }
    toggleNotification({ type: 'success', message: t('form.secret.rotated') });
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
              <NumberInput value={overlapHours} onValueChange={setOverlapHours} />
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
