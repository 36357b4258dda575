import type { RefObject } from 'react';
import { Button, Flex } from '@strapi/design-system';
import { Check, PaperPlane } from '@strapi/icons';
import type { WebhookView } from '../../../../contracts';
import { useAllowed } from '../../api/useAllowed';
import { useText } from '../../text/useText';
import { CalmSwitch } from '../../ui/CalmSwitch';
import { InHeader } from '../../ui/HeaderSlot';
import { useTestOfForm } from './useTestOfForm';
import { useWebhookForm } from './useWebhookForm';

/** The switch and the buttons of the summary, in the header while the summary itself is out of sight. */
export function HeaderActions({ webhook, frame }: HeaderActionsProps) {
  const { t } = useText();
  const allowed = useAllowed();
  const { values, set, modified, isSubmitting, disabled } = useWebhookForm();
  const { openTest, dialog } = useTestOfForm(webhook);
  return (
    <InHeader>
      <Flex gap={3} wrap="wrap">
        <CalmSwitch
          aria-label={t('form.active.label')}
          checked={values.active}
          disabled={disabled}
          onCheckedChange={(active) => set('active', active)}
        />
        {allowed.test && (
          <Button variant="secondary" startIcon={<PaperPlane aria-hidden />} onClick={openTest}>
            {t('test.send_test_event')}
          </Button>
        )}
        {!disabled && (
          <Button
            startIcon={<Check aria-hidden />}
            loading={isSubmitting}
            disabled={webhook !== null && !modified}
            onClick={() => frame.current?.closest('form')?.requestSubmit()}
          >
            {t('form.save')}
          </Button>
        )}
      </Flex>
      {dialog}
    </InHeader>
  );
}

interface HeaderActionsProps {
  webhook: WebhookView | null;
  /** Something in the form, which the header is not. */
  frame: RefObject<HTMLElement | null>;
}
