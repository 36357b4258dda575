import type { ReactElement } from 'react';
import { Typography } from '@strapi/design-system';
import type { BusinessEventView } from '../../../../contracts';
import { useOutcome } from '../../api/useOutcome';
import { useText } from '../../text/useText';
import { ConfirmButton } from '../../ui/dialog/ConfirmButton';
import { useDeleteBusinessEvent } from '../api';

interface DeleteEventProps {
  event: Pick<BusinessEventView, 'id' | 'displayName' | 'subscribers'>;
  trigger: ReactElement<{ onClick?: () => void }>;
}

/** Deletes a business event, when asked once more; who receives it is named before. */
export function DeleteEvent({ event, trigger }: DeleteEventProps) {
  const { t, intl } = useText();
  const [remove] = useDeleteBusinessEvent();
  const tell = useOutcome();
  const { id, displayName, subscribers } = event;
  return (
    <ConfirmButton
      trigger={trigger}
      title={t('business.delete.title', { name: displayName })}
      confirm={t('business.delete.confirm')}
      onConfirm={async () => {
        tell(await remove(id), t('business.deleted', { name: displayName }));
      }}
    >
      <Typography tag="p" textAlign="center">
        {subscribers.length === 0
          ? t('business.delete.nobody')
          : t('business.delete.subscribers', {
              count: subscribers.length,
              names: intl.formatList(subscribers.map(({ name }) => name)),
            })}
      </Typography>
    </ConfirmButton>
  );
}
